import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const CONTRACT = 'openapi/openapi.yaml';
const BUNDLE = 'generated/openapi.json';
const TYPES = 'generated/openapi.ts';

redocly('lint', CONTRACT, '--format=stylish');
redocly('bundle', CONTRACT, '--output', BUNDLE);
const contract: unknown = JSON.parse(readFileSync(BUNDLE, 'utf8'));
writeFileSync(BUNDLE, `${JSON.stringify(contract, null, 2)}\n`);
writeFileSync(TYPES, await types());
console.log(`${CONTRACT} → ${BUNDLE}, ${TYPES}`);

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

async function types(): Promise<string> {
  const tree = await openapiTS(new URL(`../${BUNDLE}`, import.meta.url));
  return `// Made from ${CONTRACT} by scripts/generate.ts: do not edit.\n${astToString(tree)}`;
}
