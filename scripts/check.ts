import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { lintImportDocument } from '../gateway/lint/lint-import-document.ts';
import type { Contract } from '../openapi/contract.ts';
import { lintContract } from '../openapi/import/lint-contract.ts';
import { LOCAL_FUNCTIONS } from '../openapi/import/local-functions.ts';
import { toImportDocument } from '../openapi/import/to-import-document.ts';
import { compile } from './bundle/bundle.ts';
import { findBundledPackages } from './bundle/find-bundled-packages.ts';
import { lintPublishedContract } from './check/contract/lint-published-contract.ts';
import { findDependencyFaults } from './check/find-dependency-faults.ts';
import { findMisnamedFiles } from './check/find-misnamed-files.ts';
import { listFiles } from './check/list-files.ts';
import { scanFiles } from './check/scan-files.ts';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { listUnwrittenFaults } from './generate/handlers/list-unwritten.ts';

const GENERATED = 'generated';

readCommand('check', commands.check);
const results = [
  isGeneratedCurrent(),
  report(await lintPublishedContract(readContract())),
  isImportable(),
  hasOneVersion(),
  succeeds('tsx scripts/compare.ts'),
  await arePackagesSound(),
  report(listUnwrittenFaults()),
  report(
    findMisnamedFiles(listFiles().map((path) => ({ path, text: readFileSync(path, 'utf8') }))),
  ),
  report(await scanFiles()),
  succeeds('biome ci --colors=off'),
  succeeds('tsc'),
  succeeds('tsc --project examples/dashboard'),
  succeeds('tsc --project examples/typescript-client'),
  succeeds('tsc --project clients/typescript'),
];
if (results.includes(false)) process.exit(1);
console.log('All checks passed.');

/** Generates generated/ again; a difference means that it was not committed as the contract has it. */
function isGeneratedCurrent(): boolean {
  const before = readGenerated();
  if (!succeeds('npm run --silent generate')) return false;
  const after = readGenerated();
  const names = new Set([...before.keys(), ...after.keys()]);
  const stale = [...names].filter((name) => before.get(name) !== after.get(name));
  for (const name of stale) {
    console.error(`✖ ${name} was out of date and has been generated again: commit it`);
  }
  return stale.length === 0;
}

/** Reports what API Gateway would refuse in the import document, or silently weaken. */
function isImportable(): boolean {
  const contract = readContract();
  const document = toImportDocument(contract, LOCAL_FUNCTIONS);
  const findings = [...lintContract(contract), ...lintImportDocument(document)];
  for (const { fact, place, message } of findings) {
    console.error(`✖ ${place}: ${message} (gateway/facts.md, fact ${fact})`);
  }
  return findings.length === 0;
}

/** Compares the versions: the contract's is the original, `npm run release` copies it. */
function hasOneVersion(): boolean {
  const [contract, ...packages] = [
    `${GENERATED}/openapi.json`,
    'package.json',
    'package-lock.json',
  ];
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const { version } = read(contract).info;
  const others = packages.filter((path) => read(path).version !== version);
  return report(others.map((path) => `${path} has another version than the contract, ${version}`));
}

/** Reports packages that are not pinned, have no reason, or have a licence that is not allowed. */
async function arePackagesSound(): Promise<boolean> {
  const { metafile } = await compile();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const { dependencies } = JSON.parse(readFileSync('cdktf/package.json', 'utf8'));
  // Nothing of cdktf/ runs in a function.
  const all = { ...manifest, devDependencies: { ...manifest.devDependencies, ...dependencies } };
  return report(findDependencyFaults(all, await findBundledPackages(metafile, '.')));
}

/** Prints faults; returns whether there are none. */
function report(faults: string[]): boolean {
  for (const fault of faults) console.error(`✖ ${fault}`);
  return faults.length === 0;
}

/** Reads the contract, which a check before may have generated again. */
function readContract(): Contract {
  return JSON.parse(readFileSync(`${GENERATED}/openapi.json`, 'utf8'));
}

function readGenerated(): Map<string, string> {
  const entries = readdirSync(GENERATED, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** Runs a command; `npm run` has put node_modules/.bin on the path. */
function succeeds(command: string): boolean {
  const { failed } = execaSync(command, { shell: true, stdio: 'inherit', reject: false });
  if (failed) console.error(`✖ ${command} failed`);
  return !failed;
}
