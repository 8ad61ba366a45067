import { parseArgs } from 'node:util';
import { environments } from '../../cdktf/environment/environments.ts';

export type KeyInput = {
  /** Undefined is the service on this machine. */
  environment: string | undefined;
  isJson: boolean;
  /** What the management function is given. */
  event: Record<string, unknown>;
};

const USAGE = `npm run keys -- <command> [options]
  create --name "gate 7" --scopes write,read [--devices UUID,UUID] [--expires 2027-01-01T00:00:00Z]
  list
  rotate ID [--grace-hours 24]     a new key; the old one stays good for that long, else not at all
  revoke ID                        good for nothing within a minute
  --environment production         of that deployment, by the rights of your AWS login; else on this machine
  --json                           for programs`;

/** Reads the command line; throws an Error that says how it is to be. */
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
    ...{ command, id, name: values.name, expiresAt: values.expires },
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
