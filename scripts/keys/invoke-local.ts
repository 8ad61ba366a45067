import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysOf } from '../../src/access/api-key.ts';
import { auditKeys } from '../../src/access/audit-keys.ts';
import type { KeyCommand } from '../../src/access/key-command.ts';
import type { KeyReport } from '../../src/access/manage-keys.ts';
import { manageKeys } from '../../src/access/manage-keys.ts';
import { createAudit } from '../../src/audit.ts';
import { connect } from '../../src/database/connect.ts';
import { toNamedUri } from '../../src/database/to-named-uri.ts';
import { ADDRESS_FILE } from '../local/database/start-database.ts';
import { toAuditFile } from '../local/to-audit-file.ts';
import { toDatabaseFailure } from '../local/to-database-failure.ts';

const DIRECTORY = process.env.DATA_DIR || '.data';
const ADDRESS = join(DIRECTORY, ADDRESS_FILE);

const NOTHING_RUNS =
  'No local service is running: run npm start first, in this directory, or set MONGODB_URI';

/** Runs a command on the database of the local service. */
export const invokeLocal = async (command: KeyCommand): Promise<KeyReport[]> => {
  const uri = toNamedUri(process.env.MONGODB_URI || readAddress());
  const client = await reach(uri);
  try {
    const reports = await manageKeys(keysOf(client), command);
    auditKeys(createAudit(toAuditFile(DIRECTORY)), command, reports);
    return reports;
  } finally {
    await client.close();
  }
};

async function reach(uri: string): Promise<ReturnType<typeof connect>> {
  try {
    return await connect(uri).connect();
  } catch (cause) {
    throw process.env.MONGODB_URI
      ? toDatabaseFailure(cause, uri)
      : new Error(NOTHING_RUNS, { cause });
  }
}

function readAddress(): string {
  if (existsSync(ADDRESS)) return readFileSync(ADDRESS, 'utf8');
  throw new Error(NOTHING_RUNS);
}
