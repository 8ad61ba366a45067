import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CONTRACT = toPath('../generated/openapi.json');
const PAGE = toPath('../dist/docs/index.html');
const REDOCLY = toPath('../node_modules/@redocly/cli/bin/cli.js');

/** Serves the contract as a Redoc page with all that it needs in it; made when first asked for. */
export const createDocs = (): RequestListener => {
  let page: Promise<Buffer> | undefined;
  return async (_, response) => {
    try {
      page ??= makePage();
      const html = await page;
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
    } catch (error) {
      page = undefined;
      console.error('The docs could not be made:', error);
      response
        .writeHead(500, { 'Content-Type': 'text/plain' })
        .end('The docs could not be made; see the terminal');
    }
  };
};

async function makePage(): Promise<Buffer> {
  if (!(await isCurrent())) {
    await mkdir(dirname(PAGE), { recursive: true });
    await promisify(execFile)(
      process.execPath,
      [REDOCLY, 'build-docs', CONTRACT, '--inlineBundle', '--output', PAGE],
      {
        env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
      },
    );
  }
  return readFile(PAGE);
}

const isCurrent = async (): Promise<boolean> =>
  existsSync(PAGE) && (await stat(PAGE)).mtimeMs > (await stat(CONTRACT)).mtimeMs;

function toPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
