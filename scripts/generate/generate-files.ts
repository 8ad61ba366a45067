import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import openapiTS, { astToString } from 'openapi-typescript';
import type { Contract } from '../../openapi/contract.ts';
import { listSkippedRules } from '../check/contract/exceptions.ts';
import { toSampleFiles } from '../docs/to-sample-files.ts';
import { findDeprecationFaults } from './find-deprecation-faults.ts';
import { findExtensionFaults } from './find-extension-faults.ts';
import { toHandlerList } from './handlers/to-handler-list.ts';
import { toClientOperations } from './to-client-operations.ts';
import { toExact } from './to-exact.ts';
import { toOperations } from './to-operations.ts';
import { toRequestValidators } from './to-request-validators.ts';
import { toResponseValidators } from './to-response-validators.ts';
import { withLists } from './with-lists.ts';
import { withNotices } from './with-notices.ts';
import { withoutItems } from './without-items.ts';

const CLI = 'node_modules/@redocly/cli/bin/cli.js';
// Generating must not need the network.
const ENVIRONMENT = { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };

/**
 * Generates all files of generated/ into an empty folder.
 * @param source the path of the contract in YAML
 * @throws Error that says what is wrong with the contract
 */
export const generateFiles = async (source: string, folder: string): Promise<void> => {
  const notice = `// Made from ${source} by scripts/generate.ts: do not edit.\n`;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), notice + text);
  const skipped = listSkippedRules('redocly').map((rule) => `--skip-rule=${rule}`);
  redocly('lint', source, '--format=stylish', ...skipped);
  const contract = bundle(source, join(folder, 'openapi.json'));
  const dereferenced = dereference(join(folder, 'openapi.json'), join(folder, 'operations.json'));
  write('openapi.ts', astToString(await openapiTS(JSON.stringify(toExact(contract)))));
  write('client-operations.ts', toClientOperations(contract));
  write('handlers.ts', toHandlerList(contract));
  write('problem-types.ts', toProblemTypes(contract['x-problem-types']));
  write('request-validators.d.ts', REQUEST_TYPES);
  write('response-validators.d.ts', RESPONSE_TYPES);
  write('request-validators.js', await toRequestValidators(dereferenced));
  write(
    'response-validators.js',
    await toResponseValidators(toExact(dereferenced, { additionalProperties: false })),
  );
  mkdirSync(join(folder, 'samples'));
  // Without the notice: readers paste them, and the tests run them.
  for (const [name, text] of toSampleFiles(contract)) {
    writeFileSync(join(folder, 'samples', name), text);
  }
};

/** Writes the contract as one file of JSON, with the notices of deprecated operations. */
function bundle(source: string, file: string): Contract {
  redocly('bundle', source, '--output', file);
  const bundled = readJson(file);
  const faults = [...findDeprecationFaults(bundled), ...findExtensionFaults(bundled)].map(
    (fault) => `${source}: ${fault}`,
  );
  if (faults.length > 0) throw new Error(faults.join('\n✖ '));
  const contract = withNotices(withLists(bundled));
  writeJson(file, contract);
  return contract;
}

/** Writes the router's part of a contract; returns the whole contract without references. */
function dereference(bundled: string, file: string): Contract {
  redocly('bundle', bundled, '--dereferenced', '--output', file);
  const contract = readJson(file);
  writeJson(file, toOperations(withoutItems(contract)));
  return contract;
}

/** The table of problem types, for the router and for the replies of API Gateway. */
const toProblemTypes = (table: Contract['x-problem-types']): string =>
  `export const problemTypes = ${JSON.stringify(table, null, 2)} as const;

export type ProblemType = keyof typeof problemTypes;
`;

function redocly(...args: string[]): void {
  execaSync(process.execPath, [CLI, ...args], { env: ENVIRONMENT });
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const writeJson = (file: string, value: object): void =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

const VALIDATOR = "import type { ValidateFunction as Validator } from 'ajv';\n\n";

const REQUEST_TYPES = `${VALIDATOR}export const requestValidators: Record<string, Validator[]>;
export const itemValidators: Record<string, Validator>;
`;

const RESPONSE_TYPES = `${VALIDATOR}export const responseValidators: Record<string, Record<string, Validator | null>>;
`;
