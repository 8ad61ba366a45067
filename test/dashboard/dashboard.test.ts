import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { hasBrowser } from './browser.ts';
import {
  countLinePixels,
  findLinePixels,
  readAllStats,
  readRows,
  readStats,
  send,
} from './dashboard-page.ts';
import { useDashboards } from './use-dashboards.ts';

const MINUTE_MS = 60_000;
const SCREENSHOTS = fileURLToPath(new URL('../../dist/screenshots/', import.meta.url));
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = {
  viewport: { width: 390, height: 800 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
const device = randomUUID();

const toWave = (minutes: number): number =>
  Number((21 + 4 * Math.sin(minutes / 229) + Math.sin(minutes * 7) / 2).toFixed(2));

describe.skipIf(!hasBrowser)('the dashboard of a device', () => {
  const service = useLocalService();
  const open = useDashboards(service.url);

  beforeAll(async () => {
    const now = Date.now();
    const ago = (minutes: number) => new Date(now - minutes * MINUTE_MS);
    await send(service.url(), device, [
      ...Array.from({ length: 1008 }, (_, index) => ({
        eventType: 'temp_celsius',
        date: ago(index * 10 + 5),
        value: toWave(index * 10),
      })),
      { eventType: 'counter', date: ago(50), value: 3 },
      { eventType: 'counter', date: ago(30), value: 8 },
      { eventType: 'counter', date: ago(10), value: 4 },
      { eventType: 'counter', date: '2026-05-05T00:30:00Z', value: 70 },
      { eventType: 'counter', date: '2026-05-05T23:30:00Z', value: 90 },
      { eventType: 'counter', date: '2026-05-06T00:30:00Z', value: 110 },
      { eventType: 'door', date: ago(7), value: 'open' },
      { eventType: 'door', date: ago(3), value: 'closed' },
      { eventType: 'firmware', date: ago(300), value: { version: '4.2.1', slots: ['a', 'b'] } },
    ]);
  });

  it('shows the latest values, a chart and another range', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: device }).click();

    await expect.poll(() => page.locator('#latest tr').count()).toBe(4);
    const latest = await readRows(page, '#latest');
    expect(latest[0]?.join(' ')).toMatch(/^counter\s*\d+ min\S* ago 4$/);
    expect(latest[2]?.join(' ')).toContain('{"version":"4.2.1","slots":["a","b"]}');

    await page.getByRole('button', { name: 'counter' }).click();
    await page.getByLabel('Last hour').check();
    await expect
      .poll(() => readStats(page))
      .toEqual({ type: 'counter', lowest: '3', mean: '5', highest: '8', readings: '3' });
    expect(await countLinePixels(page)).toBeGreaterThan(200);
    expect(await page.locator('.u-legend').innerText()).toMatch(/^Time.*Value\s*4$/);

    await page.getByLabel('Day', { exact: true }).check();
    await page.getByLabel('Day (UTC)').fill('2026-05-05');
    await expect
      .poll(() => readStats(page))
      .toMatchObject({ lowest: '70', mean: '80', highest: '90', readings: '2' });
    expect(await readRows(page, '#events')).toEqual([
      ['6 May 2026, 01:30:00', '90'],
      ['5 May 2026, 02:30:00', '70'],
    ]);
  });

  it('opens where the data is', { tags: 'long' }, async () => {
    const two = randomUUID();
    const start = Date.parse('2026-03-03T10:00:00Z');
    await send(
      service.url(),
      two,
      Array.from({ length: 25 }, (_, index) => ({
        eventType: 'load',
        date: new Date(start + index * 5 * MINUTE_MS),
        value: index % 7,
      })),
    );
    const { page } = await open({ path: `/dashboard#device=${two}` });

    await expect.poll(async () => (await readStats(page)).readings).toBe('25');
    expect(await page.getByLabel('Last data').isChecked()).toBe(true);
    // The line goes from one end of the chart to the other.
    const places = await findLinePixels(page);
    expect((places.at(-1) ?? 0) - (places[0] ?? 0)).toBeGreaterThan(0.9);

    await page.getByLabel('Custom').check();
    const [from, to] = await Promise.all(
      ['From', 'To'].map((name) => page.getByLabel(name, { exact: true }).inputValue()),
    );
    expect([from?.slice(0, 15), to?.slice(0, 15)]).toEqual(['2026-03-03T10:5', '2026-03-03T13:0']);
  });

  it('draws a second series over the first, each with an axis of its own', {
    tags: 'long',
  }, async () => {
    const { page } = await open({
      path: `/dashboard#device=${device}&type=temp_celsius&range=24h`,
    });
    await expect.poll(async () => (await readStats(page)).type).toBe('temp_celsius');
    expect(await countLinePixels(page, 'second')).toBe(0);

    await page.getByLabel('Show over it').selectOption('counter');

    await expect.poll(async () => (await readAllStats(page)).length).toBe(2);
    expect((await readAllStats(page))[1]).toEqual({
      type: 'counter',
      lowest: '3',
      mean: '5',
      highest: '8',
      readings: '3',
    });
    expect(await countLinePixels(page)).toBeGreaterThan(200);
    expect(await countLinePixels(page, 'second')).toBeGreaterThan(20);
    expect(await page.locator('.u-legend').innerText()).toMatch(/temp_celsius.*counter\s*4$/);
    expect((await readRows(page, '#events'))[0]?.[1]).toMatch(/^(temp_celsius|counter)$/);
    expect(page.url()).toContain('with=counter');

    await page.getByRole('button', { name: 'counter' }).click();
    await expect
      .poll(async () => (await readAllStats(page)).map(({ type }) => type))
      .toEqual(['counter']);
  });

  it('gives the numbers of a series the same decimals, and aligns them', {
    tags: 'long',
  }, async () => {
    const uneven = randomUUID();
    const values = [21, 21.5, 1021.25];
    await send(
      service.url(),
      uneven,
      values.map((value, index) => ({
        eventType: 'x',
        date: new Date(Date.now() - index * 1000),
        value,
      })),
    );
    const { page } = await open({ path: `/dashboard#device=${uneven}` });
    await expect.poll(async () => (await readStats(page)).readings).toBe('3');

    const cells = page.locator('#events td:last-child');
    expect(await cells.allTextContents()).toEqual(['21.00', '21.50', '1,021.25']);
    expect(await readStats(page)).toMatchObject({
      lowest: '21.00',
      mean: '354.58',
      highest: '1,021.25',
    });
    await expect.poll(() => page.locator('#latest .value div').innerText()).toBe('21.00');
    const edges = await page.evaluate<number[]>(`
      [...document.querySelectorAll('#events td:last-child')].map((cell) => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return Math.round(text.getBoundingClientRect().right);
      })`);
    expect(new Set(edges).size).toBe(1);
  });

  it('asks which of the two is meant when the clock shows a time twice', {
    tags: 'long',
  }, async () => {
    const night = randomUUID();
    await send(service.url(), night, [
      { eventType: 'x', date: '2025-10-26T00:30:00Z', value: 1 },
      { eventType: 'x', date: '2025-10-26T01:30:00Z', value: 2 },
    ]);
    const { page } = await open({ path: `/dashboard#device=${night}` });
    await expect.poll(async () => (await readStats(page)).readings).toBe('2');
    await page.getByLabel('Custom').check();
    const readings = async () => (await readStats(page)).readings;

    await page.getByLabel('From').fill('2025-10-26T02:00');
    await page.getByLabel('Which of the two times?').selectOption('UTC+02:00');
    await page.getByLabel('To', { exact: true }).fill('2025-10-26T02:45');
    await page.getByLabel('Which of the two ends?').selectOption('UTC+01:00');
    await expect
      .poll(() => new URL(page.url()).hash)
      .toContain('range=2025-10-26T00%3A00%3A00.000Z%2F2025-10-26T01%3A45%3A00.000Z');
    await expect.poll(readings).toBe('2');

    await page.getByLabel('Which of the two ends?').selectOption('UTC+02:00');
    await expect.poll(readings).toBe('1');
    await page.reload();
    await expect.poll(readings).toBe('1');
    expect(
      await page.getByLabel('Which of the two ends?').locator('option:checked').innerText(),
    ).toBe('UTC+02:00');

    await page.getByLabel('To', { exact: true }).fill('2026-03-29T02:30');
    expect(await page.evaluate("document.getElementById('to').validationMessage")).toBe(
      'The clocks skip this time',
    );
  });

  it("accepts two instants in the viewer's time zone", { tags: 'long' }, async () => {
    const { page } = await open({ path: `/dashboard#device=${device}&type=counter` });
    await page.getByLabel('Custom').check();
    await page.getByLabel('From').fill('2026-05-06T01:30');
    await page.getByLabel('To', { exact: true }).fill('2026-05-06T02:30:01');

    await expect
      .poll(() => readStats(page))
      .toMatchObject({ lowest: '90', mean: '100', highest: '110', readings: '2' });
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('range')).toBe(
      '2026-05-05T23:30:00.000Z/2026-05-06T00:30:01.000Z',
    );
  });

  it('names a series and its unit as the operator describes them', { tags: 'long' }, async () => {
    const { page } = await open({ path: `/dashboard#device=${device}&type=temp_celsius` });
    await page.locator('#series[aria-busy=false]').waitFor();

    await page.getByRole('heading', { name: 'Temperature' }).waitFor();
    expect(await page.locator('#figure').getAttribute('aria-label')).toBe('Temperature (Cel)');
    await page.getByRole('button', { name: 'counter' }).click();
    await page.getByRole('heading', { name: 'counter' }).waitFor();
  });

  it('shows mean, lowest and highest values for a long range', { tags: 'long' }, async () => {
    const { page } = await open({
      path: `/dashboard#device=${device}&type=temp_celsius&range=24h`,
    });
    await page.getByLabel('7 days').check();

    await page.getByText('Mean, lowest and highest value of each 30 minutes.').waitFor();
    expect((await readStats(page)).readings).toBe('1,008');
    expect(await page.locator('.u-legend').innerText()).toMatch(/^Time.*Lowest.*Highest.*Mean/);
    expect(await countLinePixels(page)).toBeGreaterThan(2000);
  });

  it('zooms into the part that is dragged across', { tags: 'long' }, async () => {
    const { page } = await open({
      path: `/dashboard#device=${device}&type=temp_celsius&range=24h`,
    });
    const area = page.locator('#chart .u-over');
    await area.waitFor();
    const { x, y, width, height } = (await area.boundingBox()) ?? {};
    if (!x || !y || !width || !height) throw new Error('The chart is not on the page');

    await page.mouse.move(x + width * 0.25, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.75, y + height / 2, { steps: 5 });
    await page.mouse.up();

    await expect.poll(async () => (await readStats(page)).readings).toMatch(/^7[123]$/);
    expect(await page.getByLabel('Custom').isChecked()).toBe(true);
  });

  it('lists values that are not numbers, as text and never as markup', async () => {
    const other = randomUUID();
    const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
    await send(service.url(), other, [
      { eventType: 'note', date: new Date(), value: markup },
      { eventType: 'note', date: new Date(Date.now() - MINUTE_MS) },
    ]);
    const { page } = await open({ path: `/dashboard#device=${other}` });

    await page.getByText('This range has no numbers. Its events are listed below.').waitFor();
    expect(await page.locator('#events td:last-child').allTextContents()).toEqual([
      JSON.stringify(markup),
      'null',
    ]);
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Event types',
      'note',
    ]);
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(await page.title()).toBe(`${other} – Device dashboard`);
  });

  it('reads a range page by page, and its summary if it has too many events', {
    tags: 'long',
  }, async () => {
    const busy = randomUUID();
    const toEvents = (eventType: string, length: number) =>
      Array.from({ length }, (_, index) => ({
        eventType,
        date: new Date(Date.now() - index * 500),
        value: index,
      }));
    await send(service.url(), busy, [...toEvents('many', 1500), ...toEvents('more', 4001)]);
    const { page } = await open({ path: `/dashboard#device=${busy}&type=many&range=1h` });

    await expect.poll(async () => (await readStats(page)).readings).toBe('1,500');
    await page.getByRole('button', { name: 'more' }).click();
    await page.getByText('Mean, lowest and highest value of each minute.').waitFor();
    expect(await readStats(page)).toMatchObject({
      lowest: '0',
      highest: '4,000',
      readings: '4,001',
    });
  });

  it('keeps the view in its link, and the key in its memory alone', { tags: 'long' }, async () => {
    const { page } = await open();
    await page.getByRole('link', { name: device }).click();
    await page.getByRole('button', { name: 'counter' }).click();
    await page.getByLabel('Last hour').check();
    await expect.poll(async () => (await readStats(page)).readings).toBe('3');
    const link = page.url();
    expect(link).toContain(`#device=${device}&type=counter&range=1h`);
    expect(link).not.toContain(API_KEY);
    const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
    expect(await page.evaluate(kept)).toBe('[{},{},""]');

    await page.reload();
    await expect.poll(async () => (await readStats(page)).readings).toBe('3');
    await page.goBack();
    await expect.poll(() => page.getByLabel('Last data').isChecked()).toBe(true);
    await page.goBack();
    await page.goBack();
    await expect.poll(() => page.getByRole('heading', { level: 2 }).innerText()).toBe('Devices');
  });

  it.each<[string, BrowserContextOptions & { viewport: { width: number } }]>([
    ['desktop-light', { ...DESKTOP, colorScheme: 'light' }],
    ['desktop-dark', { ...DESKTOP, colorScheme: 'dark' }],
    ['phone-light', { ...PHONE, colorScheme: 'light' }],
    ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
  ])('fits the screen (%s)', { tags: 'long' }, async (name, options) => {
    const { page } = await open({
      ...options,
      path: `/dashboard#device=${device}&type=temp_celsius&range=7d`,
    });
    await page.getByText('Mean, lowest and highest value').waitFor();
    const fullPage = options.isMobile ?? false;
    await page.screenshot({ path: `${SCREENSHOTS}dashboard-${name}.png`, fullPage });

    const { width } = options.viewport;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.getByLabel('Custom').check();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it.each([390, 320])(
    'fits %i px with the longest names and large numbers, and shows nothing that is hidden',
    { tags: 'long' },
    async (width) => {
      const [odd, long] = [randomUUID(), 'L'.repeat(128)];
      await send(
        service.url(),
        odd,
        [long, 'energy'].flatMap((eventType) => [
          { eventType, date: '2026-05-05T12:00:00Z', value: -123_456_789.125 },
          { eventType, date: '2026-05-05T12:01:00Z', value: 987_654_321.25 },
        ]),
      );
      const { page } = await open({
        viewport: { width, height: 800 },
        path: `/dashboard#device=${odd}&type=energy&with=${long}`,
      });
      await expect.poll(async () => (await readAllStats(page)).length).toBe(2);
      await page.getByLabel('Custom').check();

      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await page.evaluate('document.getElementById("stats").offsetHeight')).toBeLessThan(
        300,
      );
      expect(
        await page.evaluate(`[...document.querySelectorAll('[hidden]')]
        .filter((element) => getComputedStyle(element).display !== 'none')
        .map(({ id }) => id)`),
      ).toEqual([]);
    },
  );
});
