import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemTypes } from '../../generated/problem-types.ts';
import type { Registry } from '../../openapi/registry.ts';
import { toMarkdownTable } from '../shared/to-markdown-table.ts';
import { buildTypePages, toTypeTable } from './build-type-pages.ts';
import type { Source } from './to-html.ts';
import { toHtml } from './to-html.ts';
import type { PageParts } from './to-page.ts';
import { toPath } from './to-path.ts';

const TITLE = /^# (.+)\n/;
const PROBLEM = /^problems\/([a-z-]+)\.md$/;
const TABLE = '<!-- problems -->';
const TYPE_TABLE = '<!-- event-types -->';
/** CloudFront serves this page for any missing path, so its links start at the root. */
const NOT_FOUND: PageParts = {
  title: 'Not found',
  path: '404.html',
  root: '/',
  main: toMain(
    '<h1>Not found</h1>\n<p>There is no such page. <a href="/">Go to the start</a>.</p>\n',
  ),
};

/** Builds the pages of prose from the Markdown files of a folder, the changelog and the registry of event types. */
export const buildPages = (
  folder: string,
  { changelog, registry }: { changelog: string; registry: Registry },
  withSamples: (html: string) => string,
): PageParts[] => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ name, markdown: readFileSync(join(folder, name), 'utf8') }));
  const problems = new Map(
    sources.flatMap((source) => {
      const [, type] = PROBLEM.exec(source.name) ?? [];
      return type === undefined ? [] : [[type, source] as const];
    }),
  );
  holdToTypes([...problems.keys()]);
  const pages = sources
    .filter(({ name }) => !PROBLEM.test(name))
    .concat({ name: 'changelog.md', markdown: changelog }, ...buildTypePages(registry))
    .map(({ name, markdown }) => ({
      name,
      markdown: markdown.replace(TYPE_TABLE, () => toTypeTable(registry)),
    }))
    .map((source) => toPageParts(source));
  const table = toTable(problems);
  return [
    NOT_FOUND,
    ...pages.map((page) => ({ ...page, main: withSamples(page.main.replace(TABLE, () => table)) })),
    ...[...problems].map(([type, source]) => toProblemPage(type, source)),
  ];
};

/** Throws unless each problem type has a page and each page a type. */
function holdToTypes(names: string[]): void {
  const types = Object.keys(problemTypes);
  const wrong = [
    ...types.filter((type) => !names.includes(type)).map((type) => `${type} has no page`),
    ...names.filter((name) => !types.includes(name)).map((name) => `${name} is no type`),
  ];
  if (wrong.length > 0) throw new Error(`docs/site/problems: ${wrong.join(', ')}`);
}

function toPageParts(source: Source): PageParts {
  const [, title] = TITLE.exec(source.markdown) ?? [];
  if (!title) throw new Error(`${source.name} has no title: begin it with "# …"`);
  const html = toHtml(source);
  return { title, path: toPath(source.name), main: toMain(withContents(html)) };
}

/** Adds a table of contents below the title of a page with several sections. */
function withContents(html: string): string {
  const headings = [...html.matchAll(/<h2 id="([^"]+)"><a [^>]*>(.*?)<\/a><\/h2>/g)];
  if (headings.length < 3) return html;
  const items = headings.map(([, id, text]) => `<li><a href="#${id}">${text}</a></li>`);
  const contents = `<nav class="contents" aria-label="On this page"><ul>${items.join('')}</ul></nav>`;
  return html.replace('</h1>', `</h1>\n${contents}`);
}

function toMain(html: string): string {
  return `<main id="main" class="prose">\n${html}</main>`;
}

function toProblemPage(type: string, { name, markdown }: Source): PageParts {
  const { title, status } = problemTypes[type as keyof typeof problemTypes];
  const facts = `Status ${status} · \`/problems/${type}\` · [all errors](../errors.md)`;
  return toPageParts({ name, markdown: `# ${title}\n\n${facts}\n\n${markdown}` });
}

/** Lists the problems; each page's first paragraph describes its problem. */
function toTable(problems: Map<string, Source>): string {
  const rows = Object.entries(problemTypes).map(([type, { status, title }]) => {
    const about = problems.get(type)?.markdown.split('\n\n', 1)[0] ?? '';
    return [String(status), `[${title}](problems/${type}.md)`, about];
  });
  const markdown = toMarkdownTable([['status', 'problem', 'meaning'], ...rows]);
  return toHtml({ name: 'errors.md', markdown });
}
