import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CONTRACT = toPath('../generated/openapi.json');
const PAGE = toPath('../dist/docs/index.html');
const REDOCLY = toPath('../node_modules/@redocly/cli/bin/cli.js');

/** Makes the contract into a Redoc page with all that it needs in it, unless that is there; returns its path. */
export const makeDocs = async (): Promise<string> => {
  if (await isCurrent()) return PAGE;
  await mkdir(dirname(PAGE), { recursive: true });
  await promisify(execFile)(
    process.execPath,
    [REDOCLY, 'build-docs', CONTRACT, '--inlineBundle', '--output', PAGE],
    { env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' } },
  );
  return PAGE;
};

const isCurrent = async (): Promise<boolean> =>
  existsSync(PAGE) && (await stat(PAGE)).mtimeMs > (await stat(CONTRACT)).mtimeMs;

function toPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
