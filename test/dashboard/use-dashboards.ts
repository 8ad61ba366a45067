import { afterEach, expect } from 'vitest';
import { useBrowser } from './browser.ts';
import { openDashboard } from './dashboard-page.ts';
import type { Opened, Options } from './open-page.ts';

/** Opens dashboards in a browser; after each test they are closed, and must have had no trouble. */
export const useDashboards = (toUrl: () => string) => {
  const browser = useBrowser();
  const opened: Opened[] = [];
  afterEach(async () => {
    const all = opened.splice(0);
    for (const { page } of all) await page.context().close();
    expect(all.flatMap(({ trouble }) => trouble)).toEqual([]);
  });
  return async (options?: Options, url = toUrl()): Promise<Opened> => {
    const dashboard = await openDashboard(browser.get(), url, options);
    opened.push(dashboard);
    return dashboard;
  };
};
