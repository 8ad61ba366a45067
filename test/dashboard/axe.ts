import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it is: each fault with the elements that have it. */
export const findAxeFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(`${AXE}; 0`);
  return page.evaluate<string[]>(`axe
    .run()
    .then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
};
