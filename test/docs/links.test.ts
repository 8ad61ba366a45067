import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

// The files that git tracks or would add, since built files are not everywhere.
const FILES = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((path) => path && existsSync(path));
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

/** The links of a page within the repository, without those in code. */
function readLinks(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  const links = [...text.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)];
  return links.flatMap(([, link = '']) => (/^[a-z]+:/i.test(link) ? [] : link));
}

/** The ids that GitHub gives the headings. */
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
