import { keysOf } from '../access/api-key.ts';
import { auditKeys } from '../access/audit-keys.ts';
import { toKeyCommand } from '../access/key-command.ts';
import type { KeyReport } from '../access/manage-keys.ts';
import { manageKeys } from '../access/manage-keys.ts';
import { createAudit } from '../audit.ts';
import { connect } from '../database/connect.ts';
import { createConnected } from '../database/connected.ts';
import type { WriteLine } from '../telemetry.ts';

export type KeysHandler = (
  event: Record<string, unknown> | null,
  context?: { awsRequestId?: string },
) => Promise<KeyReport[]>;

/**
 * The function that the operator invokes. If it throws, the operator sees the error's message.
 * @param write takes the audit lines
 */
export const createKeysHandler = (uri: string, write?: WriteLine): KeysHandler => {
  const client = connect(uri);
  const keys = keysOf(client);
  // The next command connects again after one that found no database.
  const connected = createConnected(client);
  const audit = createAudit(write);
  return async (event, context) => {
    const command = toKeyCommand(event ?? {});
    const reports = await connected(() => manageKeys(keys, command));
    auditKeys(audit, command, reports, context?.awsRequestId);
    return reports;
  };
};
