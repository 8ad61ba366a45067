import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type Opened = {
  page: Page;
  /** All that a page should not do: complain, fail to get something, or ask another origin for it. */
  trouble: string[];
};

/** With `clock`, its time stands still but for what a test lets pass. */
export type Options = BrowserContextOptions & { path?: string; clock?: boolean };

/** Opens a page as somebody far from UTC does, and writes down what goes wrong. */
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
    // What the viewer no longer asks for, the page gives up itself.
    if (reason !== 'net::ERR_ABORTED')
      trouble.push(`${reason} of ${new URL(request.url()).pathname}`);
  });
  if (clock) await page.clock.install();
  await page.goto(`${url}${path}`);
  if (clock) await page.clock.pauseAt(Date.now() + 1000);
  return { page, trouble };
};
