import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addCodeSamples } from './docs/add-code-samples.ts';

const CONTRACT = toPath('../generated/openapi.json');
// Beside the page's directory: all that is in there is served.
const DOCUMENT = toPath('../dist/docs-contract.json');
const SETTINGS = toPath('../redocly.yaml');
const PAGE = toPath('../dist/docs/index.html');
const REDOCLY = toPath('../node_modules/@redocly/cli/bin/cli.js');

/** Makes the contract and its code samples into a Redoc page that needs nothing else; returns its path. */
export const makeDocs = async (): Promise<string> => {
  await writeDocument();
  if (await isCurrent()) return PAGE;
  await promisify(execFile)(
    process.execPath,
    [REDOCLY, 'build-docs', DOCUMENT, '--inlineBundle', '--output', PAGE],
    { env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' } },
  );
  return PAGE;
};

/** Only where it changed: the page is as old as what it was made from. */
async function writeDocument(): Promise<void> {
  const contract = JSON.parse(await readFile(CONTRACT, 'utf8'));
  const document = JSON.stringify(addCodeSamples(contract));
  if (existsSync(DOCUMENT) && (await readFile(DOCUMENT, 'utf8')) === document) return;
  await mkdir(dirname(PAGE), { recursive: true });
  await writeFile(DOCUMENT, document);
}

async function isCurrent(): Promise<boolean> {
  if (!existsSync(PAGE)) return false;
  const [page = 0, ...sources] = await Promise.all([PAGE, DOCUMENT, SETTINGS].map(toTime));
  return sources.every((source) => page > source);
}

const toTime = async (path: string): Promise<number> => (await stat(path)).mtimeMs;

function toPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
