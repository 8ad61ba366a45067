import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { toSampleFiles } from './docs/to-sample-files.ts';
import { findDeprecationFaults } from './generate/find-deprecation-faults.ts';
import { toExact } from './generate/to-exact.ts';
import { toOperations } from './generate/to-operations.ts';
import { toRequestValidators } from './generate/to-request-validators.ts';
import { toResponseValidators } from './generate/to-response-validators.ts';
import { withLists } from './generate/with-lists.ts';
import { withNotices } from './generate/with-notices.ts';
import { withoutItems } from './generate/without-items.ts';

const CONTRACT = 'openapi/openapi.yaml';
const BUNDLE = 'generated/openapi.json';
const SAMPLES = 'generated/samples';
const NOTICE = `// Made from ${CONTRACT} by scripts/generate.ts: do not edit.\n`;

redocly('lint', CONTRACT, '--format=stylish');
redocly('bundle', CONTRACT, '--output', BUNDLE);
const bundled = JSON.parse(readFileSync(BUNDLE, 'utf8'));
const faults = findDeprecationFaults(bundled);
for (const fault of faults) console.error(`✖ ${CONTRACT}: ${fault}`);
if (faults.length > 0) process.exit(1);
const bundle = withNotices(withLists(bundled));
writeJson(BUNDLE, bundle);
redocly('bundle', BUNDLE, '--dereferenced', '--output', 'generated/operations.json');
const contract = JSON.parse(readFileSync('generated/operations.json', 'utf8'));
writeJson('generated/operations.json', toOperations(withoutItems(contract)));
write('openapi.ts', astToString(await openapiTS(JSON.stringify(toExact(bundle)))));
write('problem-types.ts', toProblemTypes(bundle['x-problem-types']));
write(
  'request-validators.d.ts',
  typesOf(
    ['requestValidators', 'Record<string, Validator[]>'],
    ['itemValidators', 'Record<string, Validator>'],
  ),
);
write(
  'response-validators.d.ts',
  typesOf(['responseValidators', 'Record<string, Record<string, Validator | null>>']),
);
write('request-validators.js', await toRequestValidators(contract));
write(
  'response-validators.js',
  await toResponseValidators(toExact(contract, { additionalProperties: false })),
);
// Without the notice: they are what a reader pastes, and what the tests run.
rmSync(SAMPLES, { recursive: true, force: true });
mkdirSync(SAMPLES);
for (const [name, text] of toSampleFiles(bundle)) writeFileSync(`${SAMPLES}/${name}`, text);
console.log(`${CONTRACT} → generated/`);

function write(name: string, text: string): void {
  writeFileSync(`generated/${name}`, `${NOTICE}${text}`);
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs the Redocly CLI; what it says is shown only when it fails. */
function redocly(...args: string[]): void {
  const run = spawnSync(process.execPath, ['node_modules/@redocly/cli/bin/cli.js', ...args], {
    encoding: 'utf8',
    // No look-up of newer versions and no telemetry: generating must not need the network.
    env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
  });
  if (run.status === 0) return;
  console.error(run.stdout + run.stderr);
  process.exit(1);
}

/** The table of problem types, for the router and for the responses of API Gateway. */
function toProblemTypes(table: object): string {
  return [
    'export const problemTypes = ',
    JSON.stringify(table, null, 2),
    ' as const;\n\nexport type ProblemType = keyof typeof problemTypes;\n',
  ].join('');
}

/** What a compiled validator module exports. */
function typesOf(...exported: [name: string, type: string][]): string {
  const lines = exported.map(([name, type]) => `export const ${name}: ${type};\n`);
  return `import type { ValidateFunction as Validator } from 'ajv';\n\n${lines.join('')}`;
}
