import { parseArgs } from 'node:util';
import { environments } from '../../cdktf/environment/environments.ts';

export type KeyInput = {
  /** The deployment's environment; undefined for the local service. */
  environment: string | undefined;
  isJson: boolean;
  /** The event for the key management function. */
  event: Record<string, unknown>;
};

const USAGE = `npm run keys -- <command> [options]
  create --name "gate 7" --scopes write,read [--devices UUID,UUID] [--expires 2027-01-01T00:00:00Z]
  list
  rotate ID [--grace-hours 24]     creates a new key; the old one stays valid for that long (default: 0)
  revoke ID                        makes the key invalid, within a minute
  --environment production         the deployment, with your AWS permissions (default: the local service)
  --json                           prints JSON`;

/** Parses the command line; throws an Error with the usage if it is invalid. */
export const toKeyInput = (args: string[]): KeyInput => {
  const { values, positionals } = parse(args);
  const [command, id] = positionals;
  const { environment, json: isJson } = values;
  if (!command) throw new Error(USAGE);
  const names = environments.map(({ name }) => name);
  if (environment && !names.includes(environment)) {
    throw new Error(`--environment must be one of ${names.join(', ')}`);
  }
  const hours = values['grace-hours'];
  const event = {
    command,
    id,
    name: values.name,
    expiresAt: values.expires,
    scopes: values.scopes?.split(','),
    devices: values.devices?.split(','),
    graceHours: hours === undefined ? undefined : Number(hours),
  };
  return { environment, isJson, event: JSON.parse(JSON.stringify(event)) };
};

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scopes: { type: 'string' },
        devices: { type: 'string' },
        expires: { type: 'string' },
        'grace-hours': { type: 'string' },
        environment: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}
