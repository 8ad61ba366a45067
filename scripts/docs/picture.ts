import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startLocal } from '../local/start-local.ts';
import { UNLIMITED } from '../local/unlimited.ts';
import { createRandom } from '../simulate/device/random.ts';

// Takes docs/dashboard.png with Chromium, of the local service with simulated devices: npx tsx scripts/docs/picture.ts
const FILE = 'docs/dashboard.png';
const API_KEY = 'a-key-of-the-picture';
const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';
const MINUTE_MS = 60_000;
const LENGTH_MS = 150 * MINUTE_MS;

const directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
const settings = { port: 0, apiKey: API_KEY, directory, api: UNLIMITED, events: {} };
const local = await startLocal({ ...settings, report: console.log });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const [now, random] = [Date.now(), createRandom('picture')];
  const series = (eventType: string, stepMs: number, toValue: (share: number) => unknown) =>
    Array.from({ length: Math.floor(LENGTH_MS / stepMs) }, (_, index) => ({
      deviceID: DEVICE,
      eventType,
      date: new Date(now - index * stepMs - random.between(0, stepMs / 4)).toISOString(),
      value: toValue((index * stepMs) / LENGTH_MS),
    }));
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  const noise = (size: number): number => random.between(-size, size);
  await send([
    ...series('temp_celsius', MINUTE_MS / 3, (at) =>
      round(21.4 + 2.6 * Math.sin(at * 7) + noise(0.15), 1),
    ),
    ...series('humidity_percent', MINUTE_MS, (at) =>
      round(52 - 9 * Math.sin(at * 7 - 0.9) + noise(0.8), 0),
    ),
    ...series('door', 40 * MINUTE_MS, (at) => (Math.round(at * 10) % 2 ? 'open' : 'closed')),
    ...series('battery_percent', 10 * MINUTE_MS, (at) => round(80 + 4 * at, 0)),
  ]);
  const page = await browser.newPage({ viewport: { width: 1200, height: 860 }, locale: 'en-GB' });
  await page.goto(
    `${local.url}/dashboard#device=${DEVICE}&type=temp_celsius&with=humidity_percent`,
  );
  await page.locator('[data-state="live"] #series[aria-busy="false"]').waitFor();
  await page.screenshot({ path: FILE });
} finally {
  await browser.close();
  await local.stop();
  await rm(directory, { recursive: true });
}

async function send(events: object[]): Promise<void> {
  const response = await fetch(`${local.url}/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify({ events }),
  });
  if (response.status !== 207) throw new Error(await response.text());
}
