import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

// What git has, or would take: what was built here is not everywhere.
const FILES = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((path) => path && existsSync(path));
// Those of the docs' site lead to what it is made into: test/docs/pages.test.ts follows them.
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

/** What does not lead to a file or directory of the repository, or to a heading in it. */
function findDeadLinks(page: string): string[] {
  return readLinks(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (anchor !== undefined) return !FILES.includes(target) || !readAnchors(target).has(anchor);
    const directory = target.endsWith('/') ? target : `${target}/`;
    return !FILES.some((file) => file === target || file.startsWith(directory));
  });
}

/** Where the page leads within the repository; code is no link. */
function readLinks(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  const links = [...text.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)];
  return links.flatMap(([, link = '']) => (/^[a-z]+:/i.test(link) ? [] : link));
}

/** The headings, as GitHub names them. */
function readAnchors(page: string): Set<string> {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  const headings = [...text.matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(headings);
}
