import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { execaSync } from 'execa';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import { mongoJavaServer, secantusDb } from './faults/engine.ts';
import type { FaultResults } from './faults/fault-table.ts';
import { findBroken, toFaultTable } from './faults/fault-table.ts';
import { faults } from './faults/faults.ts';
import type { Row, Skipped } from './faults/run-fault.ts';
import { runFault } from './faults/run-fault.ts';
import { FAULTS_FILE, withTables } from './operations/tables.ts';

const PAGE = 'docs/operations.md';
const FAULT_MS = 3_000;

const [wanted = ''] = readCommand('faults', commands.faults).words;
const chosen = faults.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) {
  refuse(
    'faults',
    `No fault is named ${wanted}, there are ${faults.map(({ name }) => name).join(', ')}`,
  );
}
const rows: (Row | Skipped)[] = [];
for (const fault of chosen) {
  console.error(`${fault.name} …`);
  const engines = [mongoJavaServer, secantusDb];
  // At once, since most of the time is waiting.
  rows.push(...(await Promise.all(engines.map((engine) => runFault(engine, fault, FAULT_MS)))));
}
const results: FaultResults = {
  date: new Date().toISOString().slice(0, 10),
  commit: execaSync('git', ['rev-parse', '--short', 'HEAD']).stdout,
  machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`,
  how: Object.fromEntries(chosen.map(({ name, how }) => [name, how])),
  rows,
};
console.log(toFaultTable(results));
if (wanted === '') {
  writeFileSync(FAULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));
}
for (const row of findBroken(rows)) console.error(`Broken: ${JSON.stringify(row)}`);
process.exitCode = findBroken(rows).length > 0 ? 1 : 0;
