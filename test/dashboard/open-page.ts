import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type Opened = {
  page: Page;
  /** Everything that a page should not do: warnings and errors, failed requests, requests to another origin. */
  trouble: string[];
};

/** With `clock`, time stands still until a test moves it. */
export type Options = BrowserContextOptions & { path?: string; clock?: boolean };

/** Opens a page in a time zone other than UTC, and records what goes wrong. */
export const openPage = async (
  browser: Browser,
  url: string,
  { path = '/', clock = false, ...options }: Options = {},
): Promise<Opened> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== url) trouble.push(`Request to ${origin}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // The page itself aborts requests that are no longer needed.
    if (reason !== 'net::ERR_ABORTED')
      trouble.push(`${reason} of ${new URL(request.url()).pathname}`);
  });
  if (clock) await page.clock.install();
  await page.goto(`${url}${path}`);
  if (clock) await page.clock.pauseAt(Date.now() + 1000);
  return { page, trouble };
};
