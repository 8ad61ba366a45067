import { environments } from '../../cdktf/environment/environments.ts';
import type { commands } from '../command-line/commands.ts';
import type { CommandLine } from '../command-line/read-command.ts';
import { UsageError } from '../command-line/read-command.ts';

export type KeyInput = {
  /** The deployment's environment; undefined for the local service. */
  environment: string | undefined;
  isJson: boolean;
  /** The event for the key management function. */
  event: Record<string, unknown>;
};

/** @throws UsageError for what no key could be */
export const toKeyInput = ({
  options,
  words,
}: CommandLine<typeof commands.keys.options>): KeyInput => {
  const [command, id, ...others] = words;
  const { environment, json: isJson = false } = options;
  if (!command) throw new UsageError('Say what to do: create, list, rotate or revoke');
  if (id !== undefined && ['list', 'create'].includes(command))
    throw new UsageError(`${words.slice(1).join(' ')} is too much: ${command} takes options only`);
  if (others.length > 0) throw new UsageError(`${others.join(' ')} is too much`);
  const names = environments.map(({ name }) => name);
  if (environment && !names.includes(environment)) {
    throw new UsageError(`--environment must be one of ${names.join(', ')}`);
  }
  const hours = options['grace-hours'];
  const event = {
    command,
    id,
    name: options.name,
    expiresAt: options.expires,
    scopes: options.scopes?.split(','),
    devices: options.devices?.split(','),
    graceHours: hours === undefined ? undefined : toHours(hours),
  };
  return { environment, isJson, event: JSON.parse(JSON.stringify(event)) };
};

/** As it is where it is no number: as JSON, NaN would be null, and an empty text 0. */
const toHours = (text: string): number | string =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
