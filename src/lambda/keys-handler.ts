import { keysOf } from '../access/api-key.ts';
import { toKeyCommand } from '../access/key-command.ts';
import type { KeyReport } from '../access/manage-keys.ts';
import { manageKeys } from '../access/manage-keys.ts';
import { connect } from '../database/connect.ts';
import { createConnected } from '../database/connected.ts';

export type KeysHandler = (event: Record<string, unknown> | null) => Promise<KeyReport[]>;

/** The function that the operator invokes. If it throws, the operator sees the error's message. */
export const createKeysHandler = (uri: string): KeysHandler => {
  const client = connect(uri);
  const keys = keysOf(client);
  // The next command connects again after one that found no database.
  const connected = createConnected(client);
  return async (event) => {
    const command = toKeyCommand(event ?? {});
    return await connected(() => manageKeys(keys, command));
  };
};
