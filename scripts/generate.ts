import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { generateFiles } from './generate/generate-files.ts';
import { writeStubs } from './generate/handlers/write-stubs.ts';

const CONTRACT = 'openapi/openapi.yaml';
const GENERATED = 'generated';

readCommand('generate', commands.generate);
// Aside, so that a contract with a fault leaves generated/ as it was.
mkdirSync('dist', { recursive: true });
const aside = mkdtempSync('dist/generate-');
try {
  const folder = join(aside, GENERATED);
  mkdirSync(folder);
  await generateFiles(CONTRACT, folder);
  if (existsSync(GENERATED)) renameSync(GENERATED, join(aside, 'before'));
  renameSync(folder, GENERATED);
  console.log(`${CONTRACT} → ${GENERATED}/`);
  const contract = JSON.parse(readFileSync(`${GENERATED}/openapi.json`, 'utf8'));
  for (const path of writeStubs(contract)) console.log(`${path}: write this handler`);
} catch (error) {
  console.error(`✖ ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(aside, { recursive: true });
}
