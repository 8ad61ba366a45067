import type { OutgoingHttpHeaders, RequestListener } from 'node:http';
import type { StaticFiles } from './static-files.ts';
import { toMediaType } from './to-media-type.ts';

export type StaticPage = {
  /** The page's path, such as /docs. */
  path: string;
  build(): Promise<StaticFiles>;
  headers?: OutgoingHttpHeaders;
};

const TEXT = 'text/plain; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/**
 * Serves a page that is built at the first request. Not by sirv, which answers `/docs/sending` with the page
 * instead of a redirect (its relative links would break), and reads a folder that may be rebuilt meanwhile.
 */
export const createStaticPage = ({ path, build, headers }: StaticPage): RequestListener => {
  let files: Promise<StaticFiles> | undefined;
  return async ({ method = '', url = '' }, response) => {
    const send = (
      status: number,
      body: string | Uint8Array,
      more: OutgoingHttpHeaders = {},
    ): void => {
      const all = {
        'Content-Type': TEXT,
        'Cache-Control': 'no-cache',
        ...headers,
        ...more,
      };
      response.writeHead(status, { 'X-Content-Type-Options': 'nosniff', ...all });
      response.end(method === 'HEAD' ? undefined : body);
    };
    if (!['GET', 'HEAD'].includes(method))
      return send(405, 'Only GET and HEAD', { Allow: 'GET, HEAD' });
    const [address = '', query] = url.split('?');
    // The links in a page are relative to a path that ends with a slash.
    const lead = () => send(308, '', { Location: `${address}/${query ? `?${query}` : ''}` });
    if (address === path) return lead();
    try {
      files ??= build();
      const name = address.slice(path.length + 1).replace(/(^|\/)$/, '$1index.html');
      const file = (await files).get(name);
      if (!file && (await files).has(`${name}/index.html`)) return lead();
      const missing = (await files).get('404.html');
      if (!file && missing) return send(404, toBelow(path, missing), { 'Content-Type': HTML });
      if (!file) return send(404, `${path} has no such file`);
      send(200, file, { 'Content-Type': toMediaType(name) });
    } catch (error) {
      files = undefined;
      console.error(`The page ${path} could not be built:`, error);
      send(500, `The page ${path} could not be built; see the terminal`);
    }
  };
};

/** The page for missing paths stands in for any, so its links start at the root: here they start at the path. */
const toBelow = (path: string, page: Uint8Array): string =>
  Buffer.from(page)
    .toString()
    .replaceAll(/(href|src|data-root|data-index)="\//g, `$1="${path}/`);
