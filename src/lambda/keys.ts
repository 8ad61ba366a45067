import { keysOf } from '../access/api-key.ts';
import { toKeyCommand } from '../access/key-command.ts';
import { manageKeys } from '../access/manage-keys.ts';
import { connect } from '../database/connect.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';

// The image's third entry point. `npm run keys` invokes it with the operator's permissions.
const { MONGODB_URI }: EnvironmentVariables = process.env;
if (!MONGODB_URI) {
  throw new Error('MONGODB_URI is not set: it is the connection string of the cluster');
}
const keys = keysOf(connect(MONGODB_URI));

export const handler = (event: Record<string, unknown> | null) =>
  manageKeys(keys, toKeyCommand(event ?? {}));
