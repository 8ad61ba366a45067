import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { lintImportDocument } from '../gateway/lint/lint-import-document.ts';
import type { Contract } from '../openapi/contract.ts';
import { lintContract } from '../openapi/import/lint-contract.ts';
import { toImportDocument } from '../openapi/import/to-import-document.ts';
import { compile } from './bundle/bundle.ts';
import { findBundledPackages } from './bundle/find-bundled-packages.ts';
import { findDependencyFaults } from './check/find-dependency-faults.ts';
import { scanFiles } from './check/scan-files.ts';

const GENERATED = 'generated';

const results = [
  isGeneratedCurrent(),
  isImportable(),
  isOfOneVersion(),
  succeeds('tsx scripts/compare.ts'),
  await isSoundlySupplied(),
  tell(await scanFiles()),
  succeeds('biome ci --colors=off'),
  succeeds('tsc'),
  succeeds('tsc --project examples/dashboard'),
  succeeds('tsc --project examples/typescript-client'),
  succeeds('tsc --project clients/typescript'),
];
if (results.includes(false)) process.exit(1);
console.log(
  'check: generated/ is current and can be imported, the packages are sound, no secret is in sight, ' +
    'biome and tsc are content',
);

/** Makes generated/ anew, in place, and tells whether that changed anything. */
function isGeneratedCurrent(): boolean {
  const before = readGenerated();
  if (!succeeds('npm run --silent generate')) return false;
  const after = readGenerated();
  const names = new Set([...before.keys(), ...after.keys()]);
  const stale = [...names].filter((name) => before.get(name) !== after.get(name));
  for (const name of stale) {
    console.error(`✖ ${name} was stale; it has just been made anew: commit it`);
  }
  return stale.length === 0;
}

/** Tells what API Gateway would refuse, or weaken without a word. */
function isImportable(): boolean {
  const contract: Contract = JSON.parse(readFileSync(`${GENERATED}/openapi.json`, 'utf8'));
  const document = toImportDocument(contract, { functionUri: 'local' });
  const findings = [...lintContract(contract), ...lintImportDocument(document)];
  for (const { fact, place, message } of findings) {
    console.error(`✖ ${place}: ${message} (gateway/facts.md, fact ${fact})`);
  }
  return findings.length === 0;
}

/** The contract has the version; npm run release copies it to where npm looks. */
function isOfOneVersion(): boolean {
  const [contract, ...packages] = [
    `${GENERATED}/openapi.json`,
    'package.json',
    'package-lock.json',
  ];
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const { version } = read(contract).info;
  const others = packages.filter((path) => read(path).version !== version);
  return tell(others.map((path) => `${path} is not ${version}, as the contract is`));
}

/** Tells which packages are not pinned, not wanted, or under a licence that nobody has looked at. */
async function isSoundlySupplied(): Promise<boolean> {
  const { metafile } = await compile();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  return tell(findDependencyFaults(manifest, await findBundledPackages(metafile, '.')));
}

/** Prints what is wrong; true where nothing is. */
function tell(faults: string[]): boolean {
  for (const fault of faults) console.error(`✖ ${fault}`);
  return faults.length === 0;
}

function readGenerated(): Map<string, string> {
  const entries = readdirSync(GENERATED, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** Runs one step; npm puts the tools of node_modules on the path. */
function succeeds(command: string): boolean {
  const { failed } = execaSync(command, { shell: true, stdio: 'inherit', reject: false });
  if (failed) console.error(`✖ ${command} failed`);
  return !failed;
}
