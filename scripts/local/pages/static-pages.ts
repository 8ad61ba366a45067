import type { RequestListener } from 'node:http';
import { DOCS_HEADERS } from '../../../cdktf/docs/docs-headers.ts';
import { problemTypes } from '../../../generated/problem-types.ts';
import { buildDocs } from '../../docs/build-docs.ts';
import { buildDashboard, DASHBOARD_HEADERS } from './build-dashboard.ts';
import { readStaticFiles } from './static-files.ts';
import { createStaticPage } from './static-page.ts';

/** Finds who serves a URL, where it is that of a page for people and not the API's. */
export const createStaticPages = (): ((url?: string) => RequestListener | undefined) => {
  const pages = new Map<string | undefined, RequestListener>(
    [
      {
        path: '/docs',
        make: async () => readStaticFiles(await buildDocs()),
        headers: DOCS_HEADERS,
      },
      { path: '/dashboard', make: buildDashboard, headers: DASHBOARD_HEADERS },
    ].map((page) => [page.path, createStaticPage(page)]),
  );
  return (url = '') =>
    pages.get(/^\/[^/?]*/.exec(url)?.[0]) ?? (isProblemType(url) ? leadToDocs : undefined);
};

const isProblemType = (url: string): boolean => {
  const [, type = ''] = /^\/problems\/([a-z-]+)\/?$/.exec(url) ?? [];
  return Object.hasOwn(problemTypes, type);
};

/** As cdktf/api/problem-redirects.ts does in a deployment. */
const leadToDocs: RequestListener = ({ url = '' }, response) => {
  response.writeHead(308, { Location: `/docs${url.replace(/\/?$/, '/')}` }).end();
};
