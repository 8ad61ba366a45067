import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../clients/typescript/src/index.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { findAxeFaults } from './axe.ts';
import { hasBrowser } from './browser.ts';
import { connect, readRows, send } from './dashboard-page.ts';
import { useDashboards } from './use-dashboards.ts';

const MINUTE_MS = 60_000;
const [earlier, later] = [randomUUID(), randomUUID()];

describe.skipIf(!hasBrowser)('the dashboard of a fleet', () => {
  const service = useLocalService();
  const open = useDashboards(service.url);

  beforeAll(async () => {
    await send(service.url(), earlier, [
      { eventType: 'load', date: new Date(), value: 1 },
      { eventType: 'door', date: new Date(), value: 'open' },
    ]);
    await sleep(3_000);
    // Its clock is a day ahead: it would never look silent by its own dates.
    const ahead = new Date(Date.now() + 23 * 60 * MINUTE_MS);
    await send(service.url(), later, [{ eventType: 'load', date: ahead, value: 2 }]);
  });

  it('lists the devices of the service that serves it, without a key to enter', async () => {
    const { page } = await open();

    await page.getByText('2 devices, 0 silent').waitFor();
    const rows = page.locator('#devices tr');
    expect(await rows.locator('a').allTextContents()).toEqual([earlier, later].sort());
    const row = (await readRows(page, '#devices')).find(([name]) => name?.includes(earlier));
    expect(row?.join(' ')).toMatch(/\d+ sec\S* ago.*2$/);
    expect(await page.locator('#connection[open]').count()).toBe(0);
    expect(page.url()).not.toContain(API_KEY);
  });

  it('marks devices from which nothing was received for a while, and lists these alone', async () => {
    const client = createClient({ baseUrl: service.url(), apiKey: API_KEY });
    const received = await Promise.all(
      [earlier, later].map(async (id) => Date.parse((await client.getDevice(id)).lastReceivedAt)),
    );
    const between = ((received[0] ?? 0) + (received[1] ?? 0)) / 2;
    const { page } = await open({ clock: true });
    // A request that is under way when the clock jumps would be given up, and not sent again as long as it stands.
    await page.getByText('2 devices, 0 silent').waitFor();
    await page.clock.pauseAt(between + 10 * MINUTE_MS);

    await page.getByLabel('Silent after').selectOption('10 minutes');

    await page.getByText('2 devices, 1 silent').waitFor();
    const silent = page.locator('#devices tr').filter({ has: page.locator('.badge:visible') });
    expect(await silent.locator('a').allTextContents()).toEqual([earlier]);
    await page.getByLabel('Only silent ones').check();
    await page.getByText('1 device, 1 silent').waitFor();
    expect(await page.locator('#devices a').allTextContents()).toEqual([earlier]);
    await page.getByLabel('Silent after').selectOption('a week');
    await page.getByText('No device is silent.').waitFor();
  });

  it('finds a device by a part of its ID, by keyboard', { tags: 'long' }, async () => {
    const { page } = await open();
    await page.getByText('2 devices').waitFor();

    await page.getByLabel('Search').fill(later.slice(4, 13).toUpperCase());
    await page.getByText('1 device,').waitFor();
    await page.keyboard.press('Enter');

    await expect.poll(() => page.url()).toContain(`#device=${later}`);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(later);
    expect(await page.title()).toBe(`${later} – Device dashboard`);
    await page.locator('#latest tr').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 device,').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Devices');

    await page.getByLabel('Search').fill('nothing like it');
    await page.getByText("No device's ID contains this.").waitFor();
  });

  it('asks for a key where it is not served to this machine alone', { tags: 'long' }, async () => {
    const { page, trouble } = await open();
    await page.getByText('2 devices').waitFor();
    await connect(page, 'another-key');
    await page.getByText('The API did not accept this key.').waitFor();
    trouble.splice(0);

    await page.reload();
    await page.getByText('2 devices').waitFor();
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'has no faults that axe finds (%s, %i px)',
    { tags: 'long' },
    async (colorScheme, width) => {
      const { page, trouble } = await open({ colorScheme, viewport: { width, height: 800 } });
      await page.getByText('2 devices').waitFor();
      expect(await findAxeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);

      await page.locator('summary').click();
      expect(await findAxeFaults(page)).toEqual([]);

      await page.getByRole('link', { name: earlier }).click();
      await page.locator('#series[aria-busy=false]').waitFor();
      await page.getByLabel('Show over it').selectOption('door');
      await page.getByLabel('Custom').check();
      await page.locator('#series[aria-busy=false]').waitFor();
      expect(await findAxeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);

      await page.goto(`${service.url()}/dashboard#device=${randomUUID()}`);
      await page.getByText('This device is unknown.').waitFor();
      expect(await findAxeFaults(page)).toEqual([]);
      trouble.splice(0);
    },
  );

  it('lists a big fleet piece by piece', { tags: 'long' }, async () => {
    const client = createClient({ baseUrl: service.url(), apiKey: API_KEY });
    const date = new Date().toISOString();
    const events = Array.from({ length: 238 }, () => ({
      deviceID: randomUUID(),
      eventType: 'x',
      date,
    }));
    await client.addEvents({ events });
    const { page } = await open();

    await page.getByText('240 devices, 0 silent').waitFor();
    expect(await page.locator('#devices tr').count()).toBe(200);
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    expect(await page.locator('#devices tr').count()).toBe(240);
    expect(await page.evaluate("document.activeElement.closest('tr').rowIndex")).toBe(201);
  });
});
