import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { listOperations } from '../../openapi/list-operations.ts';
import { buildDocs } from '../../scripts/docs/build-docs.ts';
import { readStaticFiles } from '../../scripts/local/pages/static-files.ts';
import { findAxeFaults } from '../dashboard/axe.ts';
import { hasBrowser, useBrowser } from '../dashboard/browser.ts';
import { openPage } from '../dashboard/open-page.ts';
import { useLocalService } from '../harness/local-service.ts';

const contract = JSON.parse(readFileSync('generated/openapi.json', 'utf8'));

/** The reference shows one operation at each of these. */
const REFERENCES = listOperations(contract).map(({ operation: { tags: [tag] = [], ...rest } }) =>
  `reference/#/${tag}/${rest.operationId}`.toLowerCase(),
);

describe.skipIf(!hasBrowser)('axe', { tags: 'long', timeout: 300_000 }, () => {
  const service = useLocalService();
  const browser = useBrowser();
  // The site is built at the first request, which takes longer than a browser waits on a busy machine.
  beforeAll(async () => {
    await fetch(`${service.url()}/docs/`);
  }, 120_000);

  const listPages = async () =>
    [...(await readStaticFiles(await buildDocs())).keys()]
      .filter((file) => file.endsWith('index.html'))
      .map((file) => file.replace('index.html', ''));

  const show = async (page: Page, path: string): Promise<void> => {
    // Another fragment alone would not load the page again.
    await page.goto('about:blank');
    await page.goto(`${service.url()}/docs/${path}`);
    if (!path.startsWith('reference/')) return;
    await page.waitForLoadState('networkidle');
    await page.getByRole('navigation', { name: 'Operations' }).waitFor();
  };

  it.each([
    ['page of the docs', 'light', listPages, 20],
    ['page of the docs', 'dark', listPages, 20],
    ['operation of the reference', 'light', () => REFERENCES, 14],
    ['operation of the reference', 'dark', () => REFERENCES, 14],
  ] as const)('finds no fault in any %s: %s', async (_, colorScheme, list, count) => {
    const paths = await list();
    const options = { path: '/docs/', viewport: { width: 1280, height: 900 }, colorScheme };
    const { page, trouble } = await openPage(browser.get(), service.url(), options);
    const faults: Record<string, string[]> = {};
    for (const path of paths) {
      await show(page, path);
      faults[path] = await findAxeFaults(page);
    }
    await page.context().close();

    expect(paths.length).toBeGreaterThan(count);
    expect(faults).toEqual(Object.fromEntries(paths.map((path) => [path, []])));
    expect(trouble).toEqual([]);
  });
});
