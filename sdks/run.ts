import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../scripts/command-line/commands.ts';
import { readCommand, refuse } from '../scripts/command-line/read-command.ts';
import { startOwnService } from '../scripts/simulate/service/start-own-service.ts';
import { openapiGeneratorC } from './c/sdk.ts';
import { openapiGeneratorGo } from './go/sdk.ts';
import { checkAll } from './harness/check-all.ts';
import { DIST, SDKS } from './harness/places.ts';
import type { Result } from './harness/result.ts';
import { count, toCaseTable, toFaultTable, toSeenTable, toTable } from './harness/result.ts';
import type { Sdk } from './harness/sdk.ts';
import { describeTools } from './harness/toolchain/tools.ts';
import { heyApi } from './hey-api/sdk.ts';
import { openapiGeneratorJava } from './java/sdk.ts';
import { oapiCodegen } from './oapi-codegen/sdk.ts';
import { openapiPythonClient } from './openapi-python-client/sdk.ts';
import { openapiTypescript } from './openapi-typescript/sdk.ts';
import { orval } from './orval/sdk.ts';
import { openapiGeneratorPython } from './python/sdk.ts';
import { typescriptFetch } from './typescript-fetch/sdk.ts';

/** The SDKs by the names of their folders. */
const ALL: Record<string, Sdk> = {
  'openapi-typescript': openapiTypescript,
  'hey-api': heyApi,
  orval,
  'typescript-fetch': typescriptFetch,
  python: openapiGeneratorPython,
  'openapi-python-client': openapiPythonClient,
  java: openapiGeneratorJava,
  go: openapiGeneratorGo,
  'oapi-codegen': oapiCodegen,
  c: openapiGeneratorC,
};

const KEY = 'a-key-for-the-sdks-0123456789';
const { options, words: names } = readCommand('sdk-check', commands['sdk-check']);
const isAllWanted = options.all || Boolean(process.env.CI);
const unknown = names.filter((name) => !(name in ALL));
if (unknown.length > 0) {
  refuse(
    'sdk-check',
    `Unknown SDK, ${unknown.join(', ')}; there are ${Object.keys(ALL).join(', ')}`,
  );
}

const wanted = Object.entries(ALL).filter(([name]) => !names.length || names.includes(name));
mkdirSync(DIST, { recursive: true });
const service = await startOwnService(KEY, (progress) => console.error(progress));
const results = await checkAll(wanted, { url: service.url, key: KEY }, tell);
const log = await service.stop();
if (log) console.error(`The service's log: ${log}`);

const { passed, failed } = count(results);
const skipped = results.filter((result) => 'skipped' in result).length;
const tables = [
  toTable(results),
  `## Cases\n\nA number names a known fault below.\n\n${toCaseTable(results)}`,
  `## Known faults\n\n${toFaultTable(results)}`,
  `## How they write dates in a query\n\n${toSeenTable(results)}`,
].join('\n\n');
console.log(`\n${tables}\n`);
if (names.length === 0 && skipped === 0) {
  const date = new Date().toISOString().slice(0, 10);
  const title = `# npm run sdk-check, ${date}\n\nWith ${describeTools()}.`;
  writeFileSync(join(SDKS, 'results.md'), `${title}\n\n${tables}\n`);
}
if (isAllWanted && skipped > 0)
  console.error(`${skipped} skipped, which counts as failed with --all or CI`);
const failures = failed + (isAllWanted ? skipped : 0);
writeFileSync(join(DIST, 'report.json'), JSON.stringify({ passed, failed: failures }));
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;

/** Reports an SDK as soon as it is finished, with its failures in full. */
function tell(result: Result): void {
  const { name } = result;
  console.error(
    `${name}: ${'outcomes' in result ? 'checked' : 'skipped' in result ? result.skipped : 'not built'}`,
  );
  if ('broken' in result) console.error(result.broken);
  if (!('outcomes' in result)) return;
  for (const { check, fault } of result.outcomes) {
    if (fault) console.error(`✖ ${name}: ${check}: ${fault}`);
  }
}
