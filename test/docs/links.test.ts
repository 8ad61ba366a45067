import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Marked } from 'marked';
import { gfmHeadingId } from 'marked-gfm-heading-id';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../scripts/check/list-files.ts';

// Built files are not everywhere.
const FILES = listFiles();
// Links of the docs site lead to built pages: test/docs/pages.test.ts follows them.
const PAGES = FILES.filter((path) => path.endsWith('.md') && !path.startsWith('docs/site/'));

describe('every link in the pages', () => {
  it.each(PAGES)('%s', (page) => {
    expect(findDeadLinks(page)).toEqual([]);
  });

  it('is looked at', () => {
    expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
    expect(PAGES.flatMap(readLinks).length).toBeGreaterThan(50);
  });
});

/** Finds links that lead to no file, directory or heading of the repository. */
function findDeadLinks(page: string): string[] {
  return readLinks(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (anchor !== undefined) return !FILES.includes(target) || !readAnchors(target).has(anchor);
    const directory = target.endsWith('/') ? target : `${target}/`;
    return !FILES.some((file) => file === target || file.startsWith(directory));
  });
}

/** The links of a page within the repository. */
function readLinks(page: string): string[] {
  const links: string[] = [];
  const marked = new Marked();
  marked.walkTokens(marked.lexer(readFileSync(page, 'utf8')), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push(token.href);
  });
  return links.filter((link) => !/^[a-z]+:/i.test(link));
}

/** The ids that GitHub gives the headings. */
function readAnchors(page: string): Set<string | undefined> {
  const html = new Marked(gfmHeadingId()).parse(readFileSync(page, 'utf8'), { async: false });
  return new Set([...html.matchAll(/<h\d id="([^"]+)"/g)].map(([, id]) => id));
}
