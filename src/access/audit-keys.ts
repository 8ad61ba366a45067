import type { Audit } from '../audit.ts';
import type { KeyCommand } from './key-command.ts';
import type { KeyReport } from './manage-keys.ts';

const OPERATIONS = { create: 'createKey', rotate: 'rotateKey', revoke: 'revokeKey' } as const;

/** Writes an audit line for each key that a command has changed; none for `list`. */
export const auditKeys = (
  audit: Audit,
  { command }: KeyCommand,
  reports: KeyReport[],
  requestId?: string,
): void => {
  if (command === 'list') return;
  // Of a report these alone: it may have the key's text.
  for (const { id, scopes } of reports) {
    audit({ operation: OPERATIONS[command], by: 'operator', requestId, key: id, scopes });
  }
};
