import type { RequestListener } from 'node:http';
import { DOCS_HEADERS } from '../cdktf/docs-headers.ts';
import { problemTypes } from '../src/problem-types.ts';
import { createStaticPage } from './create-static-page.ts';
import { DASHBOARD_HEADERS, makeDashboard } from './make-dashboard.ts';
import { makeDocs } from './make-docs.ts';
import { readStaticFiles } from './static-files.ts';

/** Finds who serves a URL, where it is that of a page for people and not the API's. */
export const createStaticPages = (): ((url?: string) => RequestListener | undefined) => {
  const pages = new Map<string | undefined, RequestListener>(
    [
      {
        path: '/docs',
        make: async () => readStaticFiles(await makeDocs()),
        headers: DOCS_HEADERS,
      },
      { path: '/dashboard', make: makeDashboard, headers: DASHBOARD_HEADERS },
    ].map((page) => [page.path, createStaticPage(page)]),
  );
  return (url = '') =>
    pages.get(/^\/[^/?]*/.exec(url)?.[0]) ?? (isProblemType(url) ? leadToDocs : undefined);
};

const isProblemType = (url: string): boolean => {
  const [, type = ''] = /^\/problems\/([a-z-]+)\/?$/.exec(url) ?? [];
  return Object.hasOwn(problemTypes, type);
};

/** As cdktf/problem-redirects.ts does in a deployment. */
const leadToDocs: RequestListener = ({ url = '' }, response) => {
  response.writeHead(308, { Location: `/docs${url.replace(/\/?$/, '/')}` }).end();
};
