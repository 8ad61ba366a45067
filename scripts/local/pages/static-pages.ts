import type { IncomingMessage, RequestListener } from 'node:http';
import { DOCS_HEADERS } from '../../../cdktf/docs/docs-headers.ts';
import { problemTypes } from '../../../generated/problem-types.ts';
import { buildDocs } from '../../docs/build-docs.ts';
import { buildDashboard, DASHBOARD_HEADERS } from './build-dashboard.ts';
import type { LocalConnection } from './local-connection.ts';
import { createLocalConnection, isForConnection, withLocalConnection } from './local-connection.ts';
import { readStaticFiles } from './static-files.ts';
import { createStaticPage } from './static-page.ts';

/** Returns a function that finds the listener for a request: undefined if it is for the API. */
export const createStaticPages = (
  connection: LocalConnection,
): ((request: Asked) => RequestListener | undefined) => {
  const tellConnection = createLocalConnection(connection);
  const pages = new Map<string | undefined, RequestListener>(
    [
      {
        path: '/docs',
        build: async () => readStaticFiles(await buildDocs()),
        headers: DOCS_HEADERS,
      },
      {
        path: '/dashboard',
        build: async () => withLocalConnection(await buildDashboard()),
        headers: DASHBOARD_HEADERS,
      },
    ].map((page) => [page.path, createStaticPage(page)]),
  );
  return ({ url = '', headers }) => {
    // A browser's: programs get what the API says of a path that it has not.
    if (url === '/' && headers.accept?.includes('text/html')) return leadHome;
    if (isForConnection(url)) return tellConnection;
    return pages.get(/^\/[^/?]*/.exec(url)?.[0]) ?? (isProblemType(url) ? leadToDocs : undefined);
  };
};

type Asked = { url?: string | undefined; headers: Pick<IncomingMessage['headers'], 'accept'> };

const leadHome: RequestListener = (_, response) => {
  response.writeHead(302, { Location: '/docs/' }).end();
};

const isProblemType = (url: string): boolean => {
  const [, type = ''] = /^\/problems\/([a-z-]+)\/?$/.exec(url) ?? [];
  return Object.hasOwn(problemTypes, type);
};

/** Redirects a problem type to its page, as cdktf/api/problem-redirects.ts does in a deployment. */
const leadToDocs: RequestListener = ({ url = '' }, response) => {
  response.writeHead(308, { Location: `/docs${url.replace(/\/?$/, '/')}` }).end();
};
