import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
// The browser runs as root in CI, without a GPU, and must send no requests of its own.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CHROMIUM is set by .ci/run, where a missing browser must fail and not be skipped. */
const path = process.env.CHROMIUM || PLACES.find((place) => existsSync(place));

/** Whether there is a browser; without one, the tests that need it are skipped with a warning. */
export const hasBrowser = path !== undefined;
if (!hasBrowser) {
  console.warn(
    'No Chromium: the tests in a browser are skipped (apt-get install chromium, or set CHROMIUM=<path>)',
  );
}

// Playwright closes it when the worker ends.
let running: Promise<Browser> | undefined;

/** The headless browser that the test files of a worker share; their pages share nothing. */
export const useBrowser = (): { get(): Browser } => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!path) return;
    running ??= chromium.launch({ executablePath: path, args: ARGUMENTS });
    browser = await running;
  });
  afterAll(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  return {
    get() {
      if (!browser) throw new Error('The browser does not run');
      return browser;
    },
  };
};
