import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../../openapi/contract.ts';
import { CLIENT_SOURCES, packClients } from '../client/pack-clients.ts';
import { isCurrent } from '../shared/is-current.ts';
import { createAssets } from './assets.ts';
import { buildPages } from './build-pages.ts';
import { buildReference } from './build-reference.ts';
import { createSampleTabs } from './sample-tabs.ts';
import { toDocsContract } from './to-docs-contract.ts';
import type { PageParts, Site } from './to-page.ts';
import { toPage } from './to-page.ts';
import { toSearchIndex } from './to-search-index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONTRACT = 'generated/openapi.json';
const CHANGELOG = 'CHANGELOG.md';
const EVENT_TYPES = 'generated/event-types.json';
/** The site is built again when any of these changes. */
const SOURCES = [
  CONTRACT,
  CHANGELOG,
  EVENT_TYPES,
  'docs/site',
  'scripts/docs',
  'scripts/shared',
  'generated/problem-types.ts',
  'LICENSE',
  'package-lock.json',
  'redocly.yaml',
  ...CLIENT_SOURCES,
];

/** Builds the site for client teams, unless it is up to date; returns its folder, which is self-contained. */
export const buildDocs = async (): Promise<string> => {
  const directory = join(ROOT, 'dist/docs');
  if (isCurrent(join(directory, 'index.html'), SOURCES)) return directory;
  const files = await buildFiles();
  // Aside first, so that no reader sees half a site.
  await mkdir(dirname(directory), { recursive: true });
  const aside = await mkdtemp(`${directory}-`);
  await chmod(aside, 0o755);
  for (const [name, content] of files) {
    await mkdir(dirname(join(aside, name)), { recursive: true });
    await writeFile(join(aside, name), content);
  }
  // If another process was faster, its site stays: it may be in use.
  if (isCurrent(join(directory, 'index.html'), SOURCES)) {
    await rm(aside, { recursive: true });
    return directory;
  }
  await rm(directory, { recursive: true, force: true });
  await rename(aside, directory);
  return directory;
};

async function buildFiles(): Promise<Map<string, string | Uint8Array>> {
  const text = readFileSync(join(ROOT, CONTRACT), 'utf8');
  const contract: Contract = JSON.parse(text);
  const folder = join(ROOT, 'docs/site');
  const assets = createAssets(join(folder, 'assets'));
  const changelog = readFileSync(join(ROOT, CHANGELOG), 'utf8');
  const eventTypes = readFileSync(join(ROOT, EVENT_TYPES), 'utf8');
  const sources = { changelog, registry: JSON.parse(eventTypes) };
  const pages = buildPages(folder, sources, createSampleTabs(contract));
  const site: Site = {
    name: contract.info.title,
    version: contract.info.version,
    assets: {
      style: assets.add('style.css'),
      colours: assets.add('colour-mode.js'),
      logo: assets.add('logo.svg'),
      pages: assets.add('pages.js'),
      search: assets.add('search.js', toSearchIndex(pages, contract)),
    },
  };
  const reference = { title: 'Reference', path: 'reference/' };
  const [referencePage, clients] = await Promise.all([
    buildReference(toDocsContract(contract), assets, (head, main) =>
      toPage(site, { ...reference, head, main }),
    ),
    packClients(),
  ]);
  return new Map<string, string | Uint8Array>([
    ...pages.map((page): [string, string] => [toFile(page), toPage(site, page)]),
    ['reference/index.html', referencePage],
    ['openapi.json', text],
    ['event-types.json', eventTypes],
    ['licences.txt', readRedocLicences()],
    ...assets.files,
    ...clients,
  ]);
}

/** Redoc is the only work of others that the site ships; its notices name what it bundles. */
function readRedocLicences(): string {
  const folder = join(ROOT, 'node_modules/@redocly/cli');
  const texts = [
    join(ROOT, 'LICENSE'),
    join(folder, 'LICENSE'),
    join(folder, 'THIRD_PARTY_NOTICES'),
  ].map((path) => readFileSync(path, 'utf8').trim());
  return texts.join(`\n\n${'-'.repeat(80)}\n\n`);
}

const toFile = ({ path }: PageParts): string =>
  path.endsWith('.html') ? path : `${path}index.html`;
