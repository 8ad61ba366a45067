import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import type { FaultyDoor } from '../clients/typescript/faulty-door.ts';
import { openFaultyDoor } from '../clients/typescript/faulty-door.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { hasBrowser } from './browser.ts';
import { connect, readRows, readStats, send } from './dashboard-page.ts';
import type { Opened } from './open-page.ts';
import { useDashboards } from './use-dashboards.ts';

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
  /** Has no place for a stream. */
  const full = useLocalService({}, UNLIMITED, '', { streamSlots: 0 });
  const open = useDashboards(service.url);
  const state = (page: Page) => page.locator('#state').innerText();
  const failure = (page: Page) => page.locator('#failure').innerText();
  /** Counts the page's requests to the API from now on. */
  const countRequests = (page: Page): { count: number; urls: string[] } => {
    const requests = { count: 0, urls: [] as string[] };
    page.on('request', (request) => {
      if (request.url().includes('/dashboard')) return;
      requests.count += 1;
      requests.urls.push(request.url());
    });
    return requests;
  };
  /** Waits for a request that must not come. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 300));
  const toPath = (deviceID = device) => `/dashboard#device=${deviceID}&type=load&range=1h`;
  const refresh = (page: Page, pace: string) =>
    page.getByLabel('Refresh', { exact: true }).selectOption(pace);
  const connected = async (clock = false, url = service.url()): Promise<Opened> => {
    const dashboard = await open({ path: toPath(), clock }, url);
    await expect.poll(() => state(dashboard.page)).toBe('Live');
    // The read that follows the opening of the stream.
    await dashboard.page.waitForLoadState('load');
    await settle();
    return dashboard;
  };
  /** A page that polls every five seconds, by a clock that stands still. */
  const polling = async (url = service.url(), path = toPath()): Promise<Opened> => {
    const dashboard = await open({ path, clock: true }, url);
    await expect.poll(() => state(dashboard.page)).toMatch(/Live|Polling/);
    await refresh(dashboard.page, 'Every 5 s');
    await expect.poll(() => state(dashboard.page)).toBe('Polling');
    await settle();
    return dashboard;
  };

  beforeAll(() =>
    send(service.url(), device, [
      { eventType: 'load', date: new Date(Date.now() - 60_000), value: 1 },
      { eventType: 'load', date: new Date(Date.now() - 30_000), value: 3 },
    ]),
  );

  it('shows an event of the stream without a reload, and reads nothing for it', async () => {
    const { page } = await connected();
    const documents: string[] = [];
    page.on('framenavigated', (frame) => documents.push(frame.url()));
    const { readings } = await readStats(page);
    const requests = countRequests(page);

    await send(service.url(), device, [
      { eventType: 'load', date: new Date(), value: 17.5 },
      { eventType: 'load', date: new Date(Date.now() - 45_000), value: 2 },
    ]);

    const value = page.locator('#latest .value div').first();
    await expect.poll(() => value.innerText()).toBe('17.5');
    await expect
      .poll(() => readStats(page))
      .toMatchObject({ highest: '17.5', readings: String(Number(readings) + 2) });
    const newest = (await readRows(page, '#events')).map(([, value]) => value);
    expect(newest[0]).toBe('17.5');
    expect(newest.join(' ')).toMatch(/ 3\.0 .*2\.0 .*1\.0$/);
    expect(requests.urls).toEqual([]);
    expect(documents).toEqual([]);
  });

  it('shows an event of a summary, and one of another type', { tags: 'long' }, async () => {
    const { page } = await connected();
    await page.getByLabel('7 days').check();
    await expect.poll(() => state(page)).toBe('Live');
    const { readings } = await readStats(page);

    await send(service.url(), device, [
      { eventType: 'load', date: new Date(), value: 1 },
      { eventType: 'new', date: new Date(), value: 'appears' },
    ]);

    await expect
      .poll(async () => (await readStats(page)).readings)
      .toBe(String(Number(readings) + 1));
    await expect.poll(() => page.locator('#latest').innerText()).toContain('appears');
  });

  it('polls where the stream is refused', { tags: 'long' }, async () => {
    const url = full.url();
    await send(url, device, [{ eventType: 'load', date: new Date(), value: 1 }]);
    const { page, trouble } = await open({ path: toPath() }, url);
    await expect.poll(() => state(page)).toBe('Polling');

    await send(url, device, [{ eventType: 'load', date: new Date(), value: 8 }]);

    await expect.poll(() => page.locator('#latest .value div').innerText()).toBe('8');
    expect(await state(page)).toBe('Polling');
    expect(await page.locator('#failure').isVisible()).toBe(false);
    expect(trouble.splice(0).join()).toMatch(/^[^,]*status of 503[^,]*$/);
  });

  it('reads as often as the viewer chooses, and little while nothing is new', {
    tags: 'long',
  }, async () => {
    const { page } = await polling();
    const requests = countRequests(page);

    for (const count of [2, 4, 6]) {
      const before = await page.locator('#updated').innerText();
      await page.clock.runFor(5_000);
      await expect.poll(() => page.locator('#updated').innerText()).not.toBe(before);
      expect(requests.count).toBe(count);
    }

    await refresh(page, 'Every minute');
    await expect.poll(() => requests.count).toBe(8);
    await settle();
    await page.clock.runFor(59_000);
    await settle();
    expect(requests.count).toBe(8);
    await page.clock.runFor(2_000);
    await expect.poll(() => requests.count).toBe(10);
  });

  it('closes its stream while its tab is hidden, and refreshes at once when it is shown', {
    tags: 'long',
  }, async () => {
    const { page } = await connected(true);
    let left = 0;
    page.on('requestfailed', (request) => {
      if (request.url().includes('/live')) left += 1;
    });
    const requests = countRequests(page);
    const setHidden = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} });
        document.dispatchEvent(new Event('visibilitychange'))`);

    await setHidden(true);
    await expect.poll(() => left).toBe(1);
    await page.clock.runFor(300_000);
    await settle();
    expect(requests.count).toBe(0);

    await setHidden(false);
    await expect.poll(() => requests.urls.some((url) => url.includes('/live'))).toBe(true);
    await expect.poll(() => state(page)).toBe('Live');
  });

  it('sends no requests while refreshing is off', { tags: 'long' }, async () => {
    const { page } = await connected(true);
    const requests = countRequests(page);

    await refresh(page, 'Off');
    await page.clock.runFor(600_000);
    await settle();
    expect(requests.count).toBe(0);
    expect(await state(page)).toBe('Paused');

    await page.getByRole('button', { name: 'Refresh now' }).click();
    await expect.poll(() => requests.count).toBeGreaterThan(2);
    expect(await state(page)).toBe('Paused');
    await refresh(page, 'Live');
    await expect.poll(() => state(page)).toBe('Live');
  });

  it('says that a device is unknown', { tags: 'long' }, async () => {
    const unknown = randomUUID();
    const { page, trouble } = await open({ clock: true });
    await page.getByRole('link', { name: device }).waitFor();
    await page.getByLabel('Search').fill(unknown.toUpperCase());
    await page.getByLabel('Search').press('Enter');

    await expect.poll(() => failure(page)).toMatch(/^This device is unknown\./);
    expect(await page.locator('#panels').isVisible()).toBe(false);
    const requests = countRequests(page);
    await page.clock.runFor(600_000);
    await settle();
    expect(requests.count).toBe(0);
    expect(trouble.splice(0)).toEqual([expect.stringContaining('status of 404')]);

    await page.getByRole('link', { name: 'All devices' }).click();
    await page.getByRole('link', { name: device }).waitFor();
    expect(await page.locator('#failure').isVisible()).toBe(false);
  });

  it('reports a wrong key, stops polling, and recovers with the right key', {
    tags: 'long',
  }, async () => {
    const { page, trouble } = await open({ clock: true });
    await page.getByRole('link', { name: device }).waitFor();
    await connect(page, 'a-wrong-key');

    await expect
      .poll(() => failure(page))
      .toMatch(/^The API did not accept this key\.\s+The x-api-key header is missing or not valid/);
    expect(await state(page)).toBe('Failed');
    expect(await page.getByRole('link', { name: device }).isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.id')).toBe('key');
    const requests = countRequests(page);
    await page.clock.runFor(600_000);
    await settle();
    expect(requests.count).toBe(0);
    expect(trouble.splice(0)).toEqual([expect.stringContaining('status of 403')]);

    await connect(page);
    await page.getByRole('link', { name: device }).waitFor();
    expect(await page.locator('#failure').isVisible()).toBe(false);
  });

  it('marks its data as stale while the API cannot be reached', { tags: 'long' }, async () => {
    const { page, trouble } = await polling();
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
    expect(await page.locator('#latest time').first().innerText()).toMatch(/^[2-9] min ago$/);
    await page.screenshot({ path: SCREENSHOT });

    await page.context().setOffline(false);
    // In steps: the requests take real time.
    const later = async (): Promise<string> => {
      await page.clock.runFor(5_000);
      await settle();
      return state(page);
    };
    await expect.poll(later).toBe('Polling');
    expect(await page.locator('#failure').isVisible()).toBe(false);
    expect(new Set(trouble.splice(0).map((text) => /net::\w+/.exec(text)?.[0]))).toEqual(
      new Set(['net::ERR_INTERNET_DISCONNECTED']),
    );
  });

  it('polls less and less often while the service is unavailable', { tags: 'long' }, async () => {
    const door: FaultyDoor = await openFaultyDoor(service.url());
    const { page, trouble } = await polling(door.url);
    const requests = countRequests(page);
    const body = JSON.stringify({
      type: '/problems/database-unavailable',
      title: 'Database unavailable',
      status: 503,
      detail: 'The database does not answer at the moment',
      requestId: 'c0ffee',
    });
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '2' };
    for (let i = 0; i < 4; i += 1) door.faults.push({ status: 503, headers, body });

    // The times are random, in the upper half of a range that doubles; Retry-After comes before them.
    for (const [index, [from, to]] of [
      [5, 5],
      [4.5, 7],
      [7, 12],
      [12, 22],
    ].entries()) {
      const before = await page.locator('#failure-next').textContent();
      await page.clock.runFor((from ?? 0) * 1000 - 100);
      await settle();
      expect(requests.count).toBe(index);
      await page.clock.runFor(((to ?? 0) - (from ?? 0)) * 1000 + 200);
      await expect.poll(() => page.locator('#failure-next').textContent()).not.toBe(before);
      expect(requests.count).toBe(index + 1);
    }
    expect(await failure(page)).toContain(
      'Database unavailable. The database does not answer at the moment. (Request c0ffee)',
    );
    expect(trouble.splice(0)).toHaveLength(4);
    await door.close();
  });

  it('waits as long as Retry-After asks when the quota is used up', { tags: 'long' }, async () => {
    const other = randomUUID();
    await send(limited.url(), other, [{ eventType: 'load', date: new Date(), value: 1 }]);
    const { page, trouble } = await polling(limited.url(), toPath(other));
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
    await page.clock.runFor(10_000);
    await expect.poll(() => requests.count).toBe(1);
    await expect.poll(() => trouble.length).toBe(2);
    expect(trouble.splice(0).join()).toMatch(/429.*429/);
  });

  it("shows the API's problem in the API's words", { tags: 'long' }, async () => {
    const { page, trouble } = await connected();
    await page.getByLabel('Custom').check();
    await page.getByLabel('From').fill('2010-01-01T00:00');

    await expect
      .poll(() => failure(page))
      .toMatch(
        /^Invalid request\. .* interval makes \d+ intervals of the range, 2000 are allowed\./,
      );
    expect(await page.locator('#latest tr').count()).toBeGreaterThan(0);
    await expect.poll(() => trouble.splice(0)).toEqual([expect.stringContaining('status of 400')]);

    await page.getByLabel('Last hour').check();
    await expect.poll(() => state(page)).toBe('Live');
  });

  it('says that a range has no events', { tags: 'long' }, async () => {
    const { page } = await connected();
    await page.getByLabel('Day', { exact: true }).check();
    await page.getByLabel('Day (UTC)').fill('2020-02-02');
    await page
      .getByText(/^This range has no events\. The newest event is from \d\d:\d\d:\d\d\.$/)
      .waitFor();
    expect(await page.locator('#chart').isVisible()).toBe(false);
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
    await connect(page, API_KEY, elsewhere);

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
    expect(await page.title()).toBe('Devices – Device dashboard');
    expect(trouble.splice(0).join()).toMatch(/Content Security Policy|TrustedHTML/);
  });
});
