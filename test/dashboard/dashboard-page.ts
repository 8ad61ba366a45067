import type { Browser, Page } from 'playwright-core';
import { API_KEY } from '../harness/local-service.ts';
import type { Opened, Options } from './open-page.ts';
import { openPage } from './open-page.ts';

/** Opens the dashboard, which knows the key of the service that serves it. */
export const openDashboard = (browser: Browser, url: string, options?: Options): Promise<Opened> =>
  openPage(browser, url, { path: '/dashboard', ...options });

/** Fills in the form and submits it. */
export const connect = async (page: Page, key = API_KEY, url?: string): Promise<void> => {
  // The page has connected by itself then, and closed the form.
  await page.locator('body[data-state]:not([data-state="loading"])').waitFor();
  const form = page.locator('#connection');
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  await page.getByLabel('API key').fill(key);
  if (url !== undefined) await page.getByLabel('API base URL').fill(url);
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

/**
 * Reads the text of each cell of each row of a table's body, in one step: a page that follows the stream
 * may put other rows in their place between two.
 */
export const readRows = (page: Page, body: string): Promise<string[][]> =>
  page.evaluate<string[][]>(`
    [...document.querySelectorAll(${JSON.stringify(`${body} tr`)})].map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim()))`);

/** Reads the statistics above the chart, such as `{ type: 'load', lowest: '3', … }`; of the first series. */
export const readStats = async (page: Page): Promise<Record<string, string>> =>
  (await readAllStats(page))[0] ?? {};

/** Reads the statistics of each series. */
export const readAllStats = async (page: Page): Promise<Record<string, string>[]> => {
  // Until the panel is idle, it shows the statistics of the previous choice.
  await page.locator('#series[aria-busy=false]').waitFor();
  const names = await page.locator('#stats thead th').allTextContents();
  const rows = await page.locator('#stats tbody tr').all();
  const cells = await Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
  return cells.map((texts) =>
    Object.fromEntries(names.map((name, index) => [name.toLowerCase(), texts[index] ?? ''])),
  );
};

/** Counts the pixels of the chart in the colour of a line, which axes and grid do not use. */
export const countLinePixels = async (
  page: Page,
  line: 'first' | 'second' = 'first',
): Promise<number> => (await findLinePixels(page, line)).length;

/** The places of the pixels of a line from left to right, as parts of the chart's width. */
export const findLinePixels = (page: Page, line: 'first' | 'second' = 'first') =>
  page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('#chart canvas');
    const { clientWidth } = document.querySelector('#chart .u-over');
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const places = [];
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue, alpha] = data.slice(i, i + 4);
      const isOfLine = ${line === 'first' ? 'green - red' : 'blue - green'} > 80;
      if (alpha > 200 && isOfLine) {
        places.push(((i / 4) % copy.width) / (clientWidth * devicePixelRatio));
      }
    }
    return places.sort((one, other) => one - other);
  })()`);
