import type { RequestListener } from 'node:http';
import { dirname } from 'node:path';
import { createStaticPage } from './create-static-page.ts';
import { DASHBOARD_HEADERS, makeDashboard } from './make-dashboard.ts';
import { makeDocs } from './make-docs.ts';
import { readStaticFiles } from './static-files.ts';

/** Finds who serves a URL, where it is that of a page for people and not the API's. */
export const createStaticPages = (): ((url?: string) => RequestListener | undefined) => {
  const pages = new Map<string | undefined, RequestListener>(
    [
      { path: '/docs', make: async () => readStaticFiles(dirname(await makeDocs())) },
      { path: '/dashboard', make: makeDashboard, headers: DASHBOARD_HEADERS },
    ].map((page) => [page.path, createStaticPage(page)]),
  );
  return (url = '') => pages.get(/^\/[^/?]*/.exec(url)?.[0]);
};
