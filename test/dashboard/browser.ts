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
// It runs as root in CI, without a graphics card, and is to ask nothing of anyone but the page.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Set by .ci/run, where a browser that is missing must fail and not be passed over. */
const path = process.env.CHROMIUM || PLACES.find((place) => existsSync(place));

/** Whether there is a browser; without one, what needs it is skipped, and says so. */
export const hasBrowser = path !== undefined;
if (!hasBrowser) {
  console.warn(
    'No Chromium: the pages are not tried in a browser (apt-get install chromium, or CHROMIUM=<path>)',
  );
}

/** A browser without a window, for the tests of one file. */
export const useBrowser = (): { get(): Browser } => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (path) browser = await chromium.launch({ executablePath: path, args: ARGUMENTS });
  });
  afterAll(() => browser?.close());
  return {
    get() {
      if (!browser) throw new Error('The browser does not run');
      return browser;
    },
  };
};
