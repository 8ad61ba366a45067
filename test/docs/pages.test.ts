import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RETRY } from '../../clients/typescript/src/sending/to-retry-delay.ts';
import { problemTypes } from '../../generated/problem-types.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import { buildDocs } from '../../scripts/docs/build-docs.ts';
import { KINDS } from '../../scripts/docs/highlight.ts';
import { toDocsContract } from '../../scripts/docs/to-docs-contract.ts';
import { toHtml } from '../../scripts/docs/to-html.ts';
import { readStaticFiles } from '../../scripts/local/pages/static-files.ts';

const contract = JSON.parse(readFileSync('generated/openapi.json', 'utf8'));
const BASE = 'https://docs.example.org/any/path/';
const files = new Map<string, string>();
/** The routes that Redoc's script creates from the contract. */
const routes = Object.values<Record<string, { operationId?: string; tags?: string[] }>>(
  contract.paths,
).flatMap((item) =>
  Object.values(item).map(({ tags: [tag] = [], operationId }) =>
    `/${tag}/${operationId}`.toLowerCase(),
  ),
);

beforeAll(async () => {
  for (const [name, bytes] of await readStaticFiles(await buildDocs()))
    files.set(name, bytes.toString());
}, 180_000);

const pages = () => [...files].filter(([name]) => name.endsWith('.html') && name !== '404.html');

/** The URLs that a page links to or loads, absolute. */
const linksOf = (name: string, html: string): URL[] =>
  [...html.matchAll(/<(?:a|img|link|script) [^>]*?(?:href|src)="([^"]+)"/g)].map(
    ([, target = '']) => new URL(target.replaceAll('&amp;', '&'), BASE + name),
  );

function findFault({ href, hash }: URL): string[] {
  const path = href.replace(/#.*/, '').slice(BASE.length);
  const name = path.replace(/(^|\/)$/, '$1index.html');
  const file = files.get(name);
  if (!href.startsWith(BASE) || file === undefined) return [href];
  if (hash === '' || file.includes(` id="${hash.slice(1)}"`)) return [];
  const isRoute = name === 'reference/index.html' && routes.includes(hash.slice(1));
  return isRoute ? [] : [href];
}

describe('the pages of the docs', () => {
  it('are one for each type of problem, under its title', () => {
    const found = pages().flatMap(([name, html]) => {
      const [, type] = /^problems\/(.+)\/index\.html$/.exec(name) ?? [];
      return type ? [[type, /<h1[^>]*>(?:<a [^>]*>)?([^<]+)/.exec(html)?.[1]]] : [];
    });

    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(problemTypes).map(([type, { title }]) => [type, title])),
    );
  });

  it('say what each code of an error means, and of no other', () => {
    const html = files.get('errors/index.html') ?? '';
    const cells = [...html.matchAll(/<tr>\s*<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell);
    const codes = cells.flatMap((cell) => [...cell.matchAll(/<code>(.*?)<\/code>/g)]);
    const { code } = contract.components.schemas.InvalidField.properties;

    expect(codes.map(([, name]) => name).sort()).toEqual([...code['x-extensible-enum']].sort());
  });

  it('advise the waits that the clients have', () => {
    const source = readFileSync('clients/c/iot_events.c', 'utf8');
    const inC = (pattern: RegExp) => Number(pattern.exec(source)?.[1]) / 1000;
    const { baseDelayMs, maxDelayMs, maxTries, deadlineMs } = DEFAULT_RETRY;
    const guide = readFileSync('docs/site/sending.md', 'utf8');

    expect(deadlineMs).toBe(60_000);
    for (const words of [
      `| ${inC(/START_WAIT_MS (\d+)u/)} s | |`,
      `| ${inC(/FIRST_WAIT_MS (\d+)u/)} s, and at least an eighth of the bound | ${inC(/longest_wait_ms, UINT32_C\((\d+)\)/) / 60} minutes |`,
      `| ${baseDelayMs / 1000} s | ${maxDelayMs / 1000} s, and ${maxTries} attempts within a minute |`,
    ]) {
      expect(guide).toContain(words);
    }
  });

  it('lead nowhere that is not there, wherever the site is put', () => {
    const prose = pages().filter(([name]) => name !== 'reference/index.html');
    const links = prose.flatMap(([name, html]) => linksOf(name, html));

    expect(links.length).toBeGreaterThan(200);
    expect(
      links.filter(({ href }) => href.startsWith(new URL('/', BASE).href)).flatMap(findFault),
    ).toEqual([]);
  });

  it('load nothing from elsewhere, and have no script in them', () => {
    const loaded = pages().flatMap(([name, html]) =>
      [...html.matchAll(/<(?:img|link|script) [^>]*?(?:href|src)="([^"]+)"/g)].map(
        ([, target = '']) => new URL(target, BASE + name),
      ),
    );

    expect(loaded.flatMap(findFault)).toEqual([]);
    expect(
      pages().filter(([, html]) =>
        /<script(?! src| type="module" src| type="text\/plain")/.test(html),
      ),
    ).toEqual([]);
    const asking = [...files].filter(([, text]) => text.includes('cdn.redoc.ly'));
    expect(asking.map(([name]) => name)).toEqual([]);
  });

  it('link to the root alone where they stand in for any page', () => {
    const html = files.get('404.html') ?? '';
    const targets = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, target]) => target);

    expect(targets.length).toBeGreaterThan(8);
    for (const target of targets) expect(target).toMatch(/^(\/|#main$)/);
  });

  it('have names that change with what is in them, where browsers keep files', () => {
    const assets = [...files.keys()].filter((name) => name.startsWith('assets/'));

    expect(assets.length).toBeGreaterThan(4);
    for (const name of assets) expect(name).toMatch(/-[0-9a-f]{12}\.(css|js|svg)$/);
  });

  it('can be searched, with the operations of the reference', async () => {
    const [name = '', text = ''] = [...files].find(([file]) => /search-\w+\.js$/.test(file)) ?? [];
    const { default: sections } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const links = sections.map(({ path }: { path: string }) => new URL(path, BASE));

    expect(name).toMatch(/^assets\//);
    expect(links.flatMap(findFault)).toEqual([]);
    expect(sections).toContainEqual(
      expect.objectContaining({ heading: 'POST /events – Store one event' }),
    );
  });

  it('show the samples of a guide in each language', () => {
    const html = files.get('index.html') ?? '';
    const tabs = [...html.matchAll(/<details name="addEvent"><summary>(\w+)</g)];

    expect(tabs.map(([, label]) => label)).toEqual(['TypeScript', 'Python', 'C', 'Arduino']);
    expect(html).toMatch(/createClient/);
    expect(html).not.toContain('<!-- samples');
  });

  it('have a table of contents where they have sections', () => {
    const html = files.get('sending/index.html') ?? '';
    const [, contents = ''] = /<nav class="contents".*?<ul>(.*?)<\/ul>/.exec(html) ?? [];

    expect(contents.match(/<a href="#/g)?.length).toBe(html.match(/<h2 /g)?.length);
  });

  it('ship the licences of what they consist of', () => {
    const text = files.get('licences.txt') ?? '';

    for (const name of ['MIT License', 'Redocly', 'react']) expect(text).toContain(name);
  });

  it('say which scope an operation needs', () => {
    for (const { operation } of listOperations(toDocsContract(contract))) {
      const { 'x-scope': scope } = operation as { 'x-scope'?: string };
      const needs = scope ? `Needs a key with the scope \`${scope}\`.` : 'Needs no key.';
      expect(operation.description).toContain(needs);
    }
  });

  it('come with the contract', () => {
    expect(JSON.parse(files.get('openapi.json') ?? '')).toEqual(contract);
  });
});

describe('a page of Markdown', () => {
  it('gives headings of the same words ids of their own, as GitHub does', () => {
    const markdown = '## [1.1.0]\n\n### Added\n\n## [1.0.0]\n\n### Added\n\n## Störung: `429`\n';

    const html = toHtml({ name: 'changelog.md', markdown });

    const ids = [...html.matchAll(/<h\d id="([^"]+)"><a href="#([^"]+)">/g)];
    expect(ids.map(([, id]) => id)).toEqual(['110', 'added', '100', 'added-1', 'störung-429']);
    for (const [, id, target] of ids) expect(target).toBe(id);
  });

  it('begins its ids anew', () => {
    const source = { name: 'sending.md', markdown: '## Retries\n' };

    expect(toHtml(source)).toBe(toHtml(source));
  });
});

describe('code in a page', () => {
  const toCode = (lang: string, code: string) =>
    toHtml({ name: 'sending.md', markdown: `\`\`\`${lang}\n${code}\n\`\`\`\n` });

  it('has its kinds of tokens marked, and its text unchanged', () => {
    const json = toCode('json', '{ "a<b&c": [1, "x"] }');

    expect(json).toContain('<span class="keyword">"a&lt;b&amp;c"</span>');
    expect(json).toContain('<span class="constant">1</span>');
    expect(json.replace(/<[^>]+>/g, '')).toBe('{ "a&lt;b&amp;c": [1, "x"] }\n\n');
    expect(toCode('sh', "curl -d '{}'")).toContain('<span class="function">curl</span>');
    expect(toCode('text', 'a < b')).toContain('>a &lt; b\n</code>');
  });

  it('is coloured by the style sheet alone', () => {
    const prose = pages().filter(([name]) => name !== 'reference/index.html');
    const style = readFileSync('docs/site/assets/style.css', 'utf8');

    for (const kind of KINDS) expect(style).toContain(`.${kind}`);
    expect(prose.filter(([, html]) => html.includes('<span class="function">'))).not.toEqual([]);
    expect(prose.filter(([, html]) => / style="/.test(html))).toEqual([]);
  });

  it('is of a language whose grammar is loaded', () => {
    expect(() => toCode('rust', 'fn main() {}')).toThrow(/rust/);
  });
});

describe("the contract's examples", () => {
  it('are of problems that there are', () => {
    const types = JSON.stringify(contract).matchAll(
      /"type":"\/problems\/([^"]+)","title":"([^"]+)","status":(\d+)/g,
    );
    const found = [...types].map(([, type = '', title, status]) => ({
      type,
      title,
      status: Number(status),
    }));

    expect(found.length).toBeGreaterThan(8);
    for (const { type, ...problem } of found) {
      expect(problemTypes).toHaveProperty(type, expect.objectContaining(problem));
    }
  });
});
