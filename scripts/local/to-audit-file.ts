import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteLine } from '../../src/telemetry.ts';
import { createDirectory } from '../shared/directory.ts';

/** The audit log of the local service; it stays when the service starts again. */
const AUDIT_FILE = 'audit.log';

/** Appends each line to the audit log in the directory, for this user alone; throws if it cannot. */
export const toAuditFile =
  (directory: string): WriteLine =>
  (line) => {
    createDirectory(directory);
    appendFileSync(join(directory, AUDIT_FILE), `${line}\n`, { mode: 0o600 });
  };
