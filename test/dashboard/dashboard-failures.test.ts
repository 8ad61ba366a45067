import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { hasBrowser, useBrowser } from './browser.ts';
import { connect, openDashboard, readStats, send } from './dashboard-page.ts';
import type { Opened, Options } from './open-page.ts';

const SCREENSHOT = fileURLToPath(
  new URL('../../dist/screenshots/dashboard-stale.png', import.meta.url),
);
const QUOTA = 40;
const device = randomUUID();

describe.skipIf(!hasBrowser)('the dashboard while it refreshes', () => {
  const service = useLocalService();
  const limited = useLocalService(
    {},
    { keys: 'plan', rate: 1000, burst: 1000, quota: { limit: QUOTA, period: 'DAY' } },
  );
  const browser = useBrowser();
  const opened: Opened[] = [];
  const open = async (options?: Options, url = service.url()): Promise<Opened> => {
    const dashboard = await openDashboard(browser.get(), url, options);
    opened.push(dashboard);
    return dashboard;
  };
  const state = (page: Page) => page.locator('#state').innerText();
  const failure = (page: Page) => page.locator('#failure').innerText();
  /** Counts the page's requests to the API from now on. */
  const countRequests = (page: Page, part = '/events'): { count: number } => {
    const requests = { count: 0 };
    page.on('request', (request) => {
      if (request.url().includes(part)) requests.count += 1;
    });
    return requests;
  };
  /** Waits for a request that must not come. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 300));
  const connected = async (clock = false): Promise<Opened> => {
    const dashboard = await open({ path: `/dashboard#device=${device}&type=load&range=1h`, clock });
    await connect(dashboard.page, device);
    await expect.poll(() => state(dashboard.page)).toBe('Live');
    return dashboard;
  };

  beforeAll(() =>
    send(service.url(), device, [
      { eventType: 'load', date: new Date(Date.now() - 60_000), value: 1 },
      { eventType: 'load', date: new Date(Date.now() - 30_000), value: 3 },
    ]),
  );
  afterEach(async () => {
    const all = opened.splice(0);
    for (const { page } of all) await page.context().close();
    expect(all.flatMap(({ trouble }) => trouble)).toEqual([]);
  });

  it('shows a new event without a reload, and reads no other event again', {
    tags: 'long',
  }, async () => {
    const { page } = await connected();
    const documents: string[] = [];
    page.on('framenavigated', (frame) => documents.push(frame.url()));
    const { readings } = await readStats(page);
    const histories = countRequests(page, '/events?');

    await send(service.url(), device, [{ eventType: 'load', date: new Date(), value: 17.5 }]);

    const value = page.locator('#latest .value').first();
    await expect.poll(() => value.innerText()).toBe('17.5');
    await expect
      .poll(() => readStats(page))
      .toMatchObject({ highest: '17.5', readings: String(Number(readings) + 1) });
    expect(await page.locator('#events tr').first().innerText()).toMatch(/17\.5$/);
    expect(histories.count).toBe(1);
    expect(documents).toEqual([]);
  });

  it('reads only the latest values while nothing is new', async () => {
    const { page } = await connected(true);
    const requests = countRequests(page);

    for (const count of [1, 2, 3]) {
      const before = await page.locator('#updated').innerText();
      await page.clock.runFor(5_000);
      await expect.poll(() => page.locator('#updated').innerText()).not.toBe(before);
      expect(requests.count).toBe(count);
    }
  });

  it('sends no requests while its tab is hidden, and refreshes at once when it is shown', async () => {
    const { page } = await connected(true);
    const requests = countRequests(page);
    const setHidden = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
        document.dispatchEvent(new Event('visibilitychange'))`);

    await setHidden(true);
    await page.clock.runFor(60_000);
    await settle();
    expect(requests.count).toBe(0);

    await setHidden(false);
    await expect.poll(() => requests.count).toBe(1);
  });

  it('sends no requests while auto-refresh is off', { tags: 'long' }, async () => {
    const { page } = await connected(true);
    const requests = countRequests(page);

    await page.getByLabel('Auto-refresh').uncheck();
    await page.clock.runFor(60_000);
    await settle();
    expect(requests.count).toBe(0);
    expect(await state(page)).toBe('Paused');

    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => requests.count).toBe(2);
    await page.getByLabel('Auto-refresh').check();
    await expect.poll(() => state(page)).toBe('Live');
  });

  it('reports a wrong key, stops polling, and recovers with the right key', async () => {
    const { page, trouble } = await open({ clock: true });
    await connect(page, device, 'a-wrong-key');

    await expect
      .poll(() => failure(page))
      .toMatch(/^The API did not accept this key\.\s+The x-api-key header is missing or not valid/);
    expect(await state(page)).toBe('Failed');
    expect(await page.locator('#panels').isVisible()).toBe(false);
    const requests = countRequests(page);
    await page.clock.runFor(600_000);
    await settle();
    expect(requests.count).toBe(0);
    expect(trouble.splice(0)).toEqual([expect.stringContaining('status of 403')]);

    await connect(page, device);
    await expect.poll(() => state(page)).toBe('Live');
    expect(await page.locator('#failure').isVisible()).toBe(false);
    expect(await page.locator('#latest tr').count()).toBe(1);
  });

  it('marks its data as stale while the API cannot be reached', async () => {
    const { page, trouble } = await connected(true);
    const before = await readStats(page);
    await page.context().setOffline(true);
    await page.clock.runFor(5_000);

    await expect.poll(() => state(page)).toBe('Stale');
    expect(await failure(page)).toMatch(
      /^The API cannot be reached\. Is http:\S+ running\?\s+Trying again at/,
    );
    expect(await page.locator('#updated').innerText()).toMatch(/^Last updated \d\d:\d\d:\d\d$/);
    expect(await readStats(page)).toEqual(before);
    await page.clock.runFor(120_000);
    expect(await page.locator('#latest time').innerText()).toMatch(/^[2-9] min ago$/);
    await page.screenshot({ path: SCREENSHOT });

    await page.context().setOffline(false);
    await page.clock.runFor(60_000);
    await expect.poll(() => state(page)).toBe('Live');
    expect(await page.locator('#failure').isVisible()).toBe(false);
    expect(new Set(trouble.splice(0).map((text) => /net::\w+/.exec(text)?.[0]))).toEqual(
      new Set(['net::ERR_INTERNET_DISCONNECTED']),
    );
  });

  it('polls less and less often while the service is unavailable', { tags: 'long' }, async () => {
    const { page, trouble } = await connected(true);
    const requests = countRequests(page);
    await page.route('**/events/latest?*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        headers: { 'Retry-After': '2' },
        json: {
          type: '/problems/database-unavailable',
          title: 'Database unavailable',
          status: 503,
          detail: 'The database does not answer at the moment',
          requestId: 'c0ffee',
        },
      }),
    );

    for (const [index, seconds] of [5, 5, 10, 20].entries()) {
      const before = await page.locator('#failure-next').textContent();
      await page.clock.runFor((seconds - 1) * 1000);
      await settle();
      expect(requests.count).toBe(index);
      await page.clock.runFor(1000);
      await expect.poll(() => page.locator('#failure-next').textContent()).not.toBe(before);
      expect(requests.count).toBe(index + 1);
    }
    expect(await failure(page)).toContain(
      'Database unavailable. The database does not answer at the moment. (Request c0ffee)',
    );
    expect(trouble.splice(0)).toHaveLength(4);
  });

  it('waits as long as Retry-After asks when the quota is used up', { tags: 'long' }, async () => {
    const other = randomUUID();
    await send(limited.url(), other, [{ eventType: 'load', date: new Date(), value: 1 }]);
    const { page, trouble } = await open({ clock: true }, limited.url());
    await connect(page, other);
    await expect.poll(() => state(page)).toBe('Live');
    const ask = () =>
      fetch(`${limited.url()}/events/latest?deviceID=${other}`, {
        headers: { 'x-api-key': API_KEY },
      });
    for (let asked = 0; asked < QUOTA; asked += 1) await ask();

    await page.clock.runFor(5_000);
    await expect.poll(() => failure(page)).toMatch(/^Quota exceeded\./);
    const requests = countRequests(page);
    await page.clock.runFor(3_599_000);
    await settle();
    expect(requests.count).toBe(0);
    await page.clock.runFor(2_000);
    await expect.poll(() => requests.count).toBe(1);
    await expect.poll(() => trouble.length).toBe(2);
    expect(trouble.splice(0).join()).toMatch(/429.*429/);
  });

  it("shows the API's problem in the API's words", async () => {
    const { page, trouble } = await connected();
    await page.getByLabel('Custom').check();
    await page.getByLabel('From').fill('2010-01-01T00:00');

    await expect
      .poll(() => failure(page))
      .toMatch(
        /^Invalid request\. .* interval makes \d+ intervals of the range, 2000 are allowed\./,
      );
    expect(await page.locator('#latest tr').count()).toBe(1);
    await expect.poll(() => trouble.splice(0)).toEqual([expect.stringContaining('status of 400')]);

    await page.getByLabel('Last hour').check();
    await expect.poll(() => state(page)).toBe('Live');
  });

  it('says that a range has no events, and that a device has none', { tags: 'long' }, async () => {
    const { page } = await connected();
    await page.getByLabel('Day', { exact: true }).check();
    await page.getByLabel('Day (UTC)').fill('2020-02-02');
    await page
      .getByText(/^This range has no events\. The newest event is from \d\d:\d\d:\d\d\.$/)
      .waitFor();
    expect(await page.locator('#chart').isVisible()).toBe(false);

    await page.getByText('Connection', { exact: true }).click();
    await connect(page, randomUUID());
    await page.getByText('This device has not sent anything yet.').waitFor();
    expect(await page.locator('#series').isVisible()).toBe(false);
  });

  it('reads an API of another origin, page by page', { tags: 'long' }, async () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({
      eventType: 'many',
      date: new Date(Date.now() - index * 1000),
      value: index,
    }));
    const other = randomUUID();
    await send(service.url(), other, many);
    const elsewhere = service.url().replace('localhost', '127.0.0.1');
    const { page, trouble } = await open({ path: `/dashboard#device=${other}&type=many&range=1h` });
    await page.getByLabel('API base URL').fill(elsewhere);
    await connect(page, other);

    await expect.poll(async () => (await readStats(page)).readings).toBe('1,001');
    expect(new Set(trouble.splice(0))).toEqual(new Set([`Request to ${elsewhere}`]));
  });

  it('runs only its own script, and accepts no markup', async () => {
    const { page, trouble } = await open();

    await page.addScriptTag({ content: 'document.title = "injected"' }).catch(() => undefined);
    const written = await page.evaluate(
      `(() => { try { document.body.innerHTML = '<b>'; } catch (error) { return error.name; } })()`,
    );

    expect(written).toBe('TypeError');
    expect(await page.title()).toBe('Device dashboard');
    expect(trouble.splice(0).join()).toMatch(/Content Security Policy|TrustedHTML/);
  });
});
