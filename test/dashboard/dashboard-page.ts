import type { Browser, Page } from 'playwright-core';
import { API_KEY } from '../harness/local-service.ts';
import type { Opened, Options } from './open-page.ts';
import { openPage } from './open-page.ts';

/** Opens the dashboard. */
export const openDashboard = (browser: Browser, url: string, options?: Options): Promise<Opened> =>
  openPage(browser, url, { path: '/dashboard', ...options });

/** Fills in the form and submits it. */
export const connect = async (page: Page, deviceID: string, key = API_KEY): Promise<void> => {
  await page.getByLabel('Device ID').fill(deviceID);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Connect' }).click();
};

type Sent = { eventType: string; date: Date | string; value?: unknown };

/** Stores events of a device over HTTP, as the device would. */
export const send = async (url: string, deviceID: string, events: Sent[]): Promise<void> => {
  for (let index = 0; index < events.length; index += 1000) {
    const response = await fetch(`${url}/events/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
      body: JSON.stringify({
        events: events.slice(index, index + 1000).map((event) => ({ ...event, deviceID })),
      }),
    });
    const { results } = (await response.json()) as { results: { status: string }[] };
    const refused = results.find(({ status }) => status !== 'created');
    if (refused) throw new Error(`Not stored: ${JSON.stringify(refused)}`);
  }
};

/** Reads the statistics above the chart, such as `{ lowest: '3', … }`. */
export const readStats = async (page: Page): Promise<Record<string, string>> => {
  // Until the panel is idle, it shows the statistics of the previous choice.
  await page.locator('#series[aria-busy=false]').waitFor();
  const names = await page.locator('#stats dt').allTextContents();
  const numbers = await page.locator('#stats dd').allTextContents();
  return Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? '']));
};

/** Counts the pixels of the chart in the colour of a line, which axes and grid do not use. */
export const countLinePixels = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('#chart canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 200 && data[i + 1] - data[i] > 80) count += 1;
    }
    return count;
  })()`);
