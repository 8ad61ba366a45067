import type { IncomingMessage, RequestListener } from 'node:http';
import { isLoopback } from '../../shared/is-loopback.ts';
import type { StaticFiles } from './static-files.ts';

/** What a page needs to use the API that serves it. */
export type LocalConnection = { apiKey: string; basePath?: string | undefined };

const NAME = 'connection.json';

/** Makes the dashboard ask for the connection. Its files in dist/ do not: other servers have no such file. */
export const withLocalConnection = (files: StaticFiles): StaticFiles => {
  const page = Buffer.from(files.get('index.html') ?? '').toString();
  const empty = 'name="local-connection" content=""';
  if (!page.includes(empty)) throw new Error('The dashboard does not ask for its connection');
  const asking = page.replace(empty, `name="local-connection" content="${NAME}"`);
  return new Map([...files, ['index.html', Buffer.from(asking)]]);
};

/** Whether a request is for the connection of the dashboard. */
export const isForConnection = (url: string): boolean => url.split('?')[0] === `/dashboard/${NAME}`;

/** Tells pages of this service, in a browser on this machine, its address and key. Everybody else gets 404. */
export const createLocalConnection =
  ({ apiKey, basePath }: LocalConnection): RequestListener =>
  (request, response) => {
    const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
    if (!isFromHere(request)) {
      const type = { 'Content-Type': 'text/plain; charset=utf-8' };
      return response.writeHead(404, { ...headers, ...type }).end('/dashboard has no such file');
    }
    const origin = `http://${request.headers.host}`;
    const url = basePath ? `${origin}/${basePath}` : origin;
    const type = { 'Content-Type': 'application/json' };
    const ownOnly = { 'Cross-Origin-Resource-Policy': 'same-origin' };
    response.writeHead(200, { ...headers, ...type, ...ownOnly });
    return response.end(JSON.stringify({ url, key: apiKey }));
  };

function isFromHere({ method, socket, headers }: IncomingMessage): boolean {
  const { host = '', forwarded, 'x-forwarded-for': forwardedFor, 'sec-fetch-site': site } = headers;
  // A name of somebody else's that leads here would make their page one of this origin.
  const isOwnName =
    URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
  const isDirect = forwarded === undefined && forwardedFor === undefined;
  const isOwnPage = site === undefined || site === 'same-origin';
  return (
    method === 'GET' && isLoopback(socket.remoteAddress ?? '') && isOwnName && isDirect && isOwnPage
  );
}
