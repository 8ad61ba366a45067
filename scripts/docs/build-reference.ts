import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Contract } from '../../openapi/contract.ts';
import type { Assets } from './assets.ts';

const CLI = dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json'));
// Lists the languages of the code samples.
const SETTINGS = fileURLToPath(new URL('../../redocly.yaml', import.meta.url));
const ENVIRONMENT = { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' };
const REDOC = /import \{ hydrate \} from "[^"]+";/;
const LOGO = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;

/**
 * Builds the reference with Redoc, inside a page of the site. Files that Redoc would load from its makers'
 * servers become files of the site, and inline scripts become files, as the site's policy demands.
 * @param toPage renders a page with this content in its head and body
 */
export const buildReference = async (
  contract: Contract,
  assets: Assets,
  toPage: (head: string, main: string) => string,
): Promise<string> => {
  const made = await buildDocs(
    contract,
    toPage(
      `{{{redocHead}}}<script type="module" src="../${assets.add('reference-landmarks.js')}"></script>`,
      '<div id="main">{{{redocHTML}}}</div>',
    ),
  );
  const redoc = await readFile(join(CLI, 'lib/chunks/redoc.standalone.js'), 'utf8');
  const redocFile = assets.add('redoc.js', replace(redoc, LOGO, `../${assets.add('redocly.svg')}`));
  return (
    made
      .replace(/<link rel="modulepreload"[^>]*>/, '')
      .replace(/<script type="module">([\s\S]*?)<\/script>/, (_, code: string) => {
        const main = replace(
          code,
          REDOC,
          `import { hydrate } from './${redocFile.split('/').pop()}';`,
        );
        return `<script type="module" src="../${assets.add('reference.js', main)}"></script>`;
      })
      // Our page has its own script for the colours; Redoc's stays in place, inert, since Redoc looks for it.
      .replace('<script>try', '<script type="text/plain">try')
      // Redoc's script turns its routes into fragments; without scripts, the links would leave the page.
      .replaceAll(/(<a [^>]*href=")(\/[^"]*")/g, '$1#$2')
  );
};

async function buildDocs(contract: Contract, template: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'iot-events-docs-'));
  try {
    await writeFile(join(directory, 'contract.json'), JSON.stringify(contract));
    await writeFile(join(directory, 'page.hbs'), template);
    const args = ['--config', SETTINGS, '--template', 'page.hbs', '--output', 'page.html'];
    const command = [join(CLI, 'bin/cli.js'), 'build-docs', 'contract.json', ...args];
    await execa(process.execPath, command, { cwd: directory, env: ENVIRONMENT });
    return await readFile(join(directory, 'page.html'), 'utf8');
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Throws if there is nothing to replace: another version of Redoc would load from other servers again. */
function replace(text: string, what: RegExp, by: string): string {
  const replaced = text.replace(what, () => by);
  if (replaced === text) throw new Error(`Redoc has no ${what} any more: see ${import.meta.url}`);
  return replaced;
}
