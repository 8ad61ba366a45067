import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildDocs } from '../../scripts/docs/build-docs.ts';
import { SAMPLE_LANGUAGES } from '../../scripts/docs/sample-languages.ts';
import type { StaticFiles } from '../../scripts/local/pages/static-files.ts';
import { readStaticFiles } from '../../scripts/local/pages/static-files.ts';
import { hasBrowser, useBrowser } from '../dashboard/browser.ts';
import type { Opened, Options } from '../dashboard/open-page.ts';
import { openPage } from '../dashboard/open-page.ts';
import { useLocalService } from '../harness/local-service.ts';
import { startCloudFront } from './cloudfront.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../dist/screenshots/docs/', import.meta.url));
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

// Text that only a sample in the language contains.
const SIGNS: Record<string, string> = {
  curl: '--fail-with-body',
  TypeScript: 'createClient',
  Python: 'urlopen',
  C: 'curl_easy_init',
  Arduino: 'WiFi.begin',
};

describe.skipIf(!hasBrowser)('the docs in a browser', () => {
  const service = useLocalService();
  const browser = useBrowser();
  const opened: Opened[] = [];
  let files: StaticFiles = new Map();
  let cloudFront: { url: string; server: Server } | undefined;

  const open = async (
    path: string,
    options: Options = DESKTOP,
    url = service.url(),
  ): Promise<Page> => {
    const result = await openPage(browser.get(), url, { path, ...options });
    opened.push(result);
    if (path.endsWith('/reference/')) await result.page.waitForLoadState('networkidle');
    return result.page;
  };

  const cloudUrl = () => cloudFront?.url ?? '';

  beforeAll(async () => {
    files = await readStaticFiles(await buildDocs());
    cloudFront = await startCloudFront(files);
  });
  afterEach(async () => {
    const all = opened.splice(0);
    for (const { page } of all) await page.context().close();
    expect(all.flatMap(({ trouble }) => trouble)).toEqual([]);
  });
  afterAll(() => cloudFront?.server.close());

  it('load whole, and fit on a desk and a phone', { tags: 'long', timeout: 120_000 }, async () => {
    const page = await open('/docs/');
    const paths = [...files.keys()]
      .filter((file) => file.endsWith('index.html'))
      .map((file) => file.replace('index.html', ''));

    for (const path of paths) {
      await page.goto(`${service.url()}/docs/${path}`);
      if (path === 'reference/') await page.waitForLoadState('networkidle');
      expect(await page.title()).toMatch(/^.+ – IoT Events API$/);
      for (const size of [PHONE, DESKTOP]) {
        await page.setViewportSize(size.viewport);
        const { width } = size.viewport;
        const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect({ path, width, needed }).toEqual({ path, width, needed: width });
        // One problem page is enough.
        const file = `${path.replaceAll('/', '-')}${width}.png`;
        if (!/problems\/(?!clock)/.test(path)) await page.screenshot({ path: SCREENSHOTS + file });
      }
    }
    expect(paths.length).toBeGreaterThan(20);
  });

  it('name the address that they are served from, copy code, and are searched', async () => {
    const page = await open('/docs/');
    const [first] = await page.locator('.prose pre').allTextContents();
    expect(first).toContain(`export API=${new URL(service.url()).origin}\n`);

    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(first?.trimEnd());

    await page.getByRole('searchbox').fill('clock skew');
    await page.getByRole('search').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).not.toBe('/docs/');

    await page.getByRole('searchbox').fill('no such words anywhere');
    await page.getByText('Nothing found').waitFor();
  });

  it('lead from page to page, and from the API to a problem', { tags: 'long' }, async () => {
    const page = await open('/problems/clock-skew');
    expect(new URL(page.url()).pathname).toBe('/docs/problems/clock-skew/');

    await page.getByRole('link', { name: 'Sending: clocks' }).click();
    await page.getByRole('link', { name: 'POST /events/batch' }).click();
    await page.getByRole('heading', { name: 'Store many events' }).waitFor();
    await page.getByRole('link', { name: 'Errors', exact: true }).first().click();
    await page.getByRole('link', { name: 'Quota exceeded' }).click();

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Quota exceeded');
    expect(await page.locator('[aria-current=page]').textContent()).toBe('Errors');
  });

  it('lead from the reference to a guide', { tags: 'long' }, async () => {
    const page = await open('/docs/reference/');

    await page.getByRole('main').getByRole('link', { name: 'errors' }).first().click();

    await page.getByRole('heading', { level: 1, name: 'Errors' }).waitFor();
  });

  it('find an operation in the reference', { tags: 'long' }, async () => {
    const page = await open('/docs/reference/');

    await page.getByTestId('search-trigger').click();
    await page.keyboard.type('summarize');
    await page.getByText('Summarize numeric events by interval').last().click();

    await page.getByRole('heading', { name: 'Summarize numeric events by interval' }).waitFor();
    expect(page.url()).toContain('/docs/reference/#/events/summarizeevents');
  });

  it('show how an operation is called, in each language', { tags: 'long' }, async () => {
    const page = await open('/docs/reference/#/devices/deletedevice');
    await page.getByRole('heading', { name: 'Delete all events of a device' }).waitFor();

    let shown = 'curl';
    for (const { label } of SAMPLE_LANGUAGES) {
      await page.getByText(shown, { exact: true }).first().click();
      await page.getByText(label, { exact: true }).last().click();
      const sign = SIGNS[label] ?? 'a new language';
      await page.getByText(sign).first().waitFor();
      shown = label;
    }
    expect(shown).toBe('Arduino');
    await page.screenshot({ path: `${SCREENSHOTS}code-sample.png` });
  });

  it('lead from the reference to a problem', { tags: 'long' }, async () => {
    const page = await open('/docs/reference/#/events/addevent');
    await page.getByRole('tab', { name: '400' }).first().click();
    await page.getByText('Invalid request', { exact: true }).first().waitFor();

    await page.getByRole('link', { name: '/problems/clock-skew' }).first().click();

    await page.getByRole('heading', { level: 1, name: 'Clock skew' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/docs/problems/clock-skew/');
  });

  it('keep the colours that a reader has chosen', { tags: 'long' }, async () => {
    const page = await open('/docs/errors/', { ...PHONE, colorScheme: 'light' });
    const isDark = () => page.evaluate<boolean>("document.documentElement.matches('.dark')");
    expect(await isDark()).toBe(false);

    await page.evaluate("localStorage.setItem('redoc.colorMode', 'dark')");
    await page.reload();

    expect(await isDark()).toBe(true);
    await page.screenshot({ path: `${SCREENSHOTS}dark.png`, fullPage: true });
  });

  it.each([
    ['/', '/'],
    ['/problems/clock-skew', '/problems/clock-skew/'],
    ['/reference/', '/reference/'],
  ])(
    'work at the root of CloudFront, under its policy: %s',
    { tags: 'long' },
    async (path, where) => {
      const page = await open(path, DESKTOP, cloudUrl());

      expect(new URL(page.url()).pathname).toBe(where);
      await page.getByRole('link', { name: 'Changelog' }).click();
      expect(new URL(page.url()).pathname).toBe('/changelog/');
    },
  );

  it('have a page for what is not there, at any depth', { tags: 'long' }, async () => {
    const { page, trouble } = await openPage(browser.get(), cloudUrl(), { path: '/a/b/' });

    expect(trouble.splice(0)).toEqual([expect.stringContaining('404')]);
    await page.screenshot({ path: `${SCREENSHOTS}not-found.png` });
    await page.getByRole('link', { name: 'Go to the start' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Getting started');
    await page.context().close();
    expect(trouble).toEqual([]);
  });
});
