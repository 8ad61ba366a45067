import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Reply = [status: number, body: unknown];

export type AtlasReplies = Record<string, Reply | (() => Reply)>;

/** Stands in for Atlas's API: asks for digest authentication, and checks it for the keys `public` and `private`. */
export const createAtlas = async (replies: AtlasReplies) => {
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    const reply = (status: number, body: unknown, more = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...more })
        .end(JSON.stringify(body));
    if (!headers.authorization) {
      const challenge =
        'Digest realm="MMS Public API", domain="", nonce="n1", algorithm=MD5, qop="auth", stale=false';
      return reply(401, {}, { 'www-authenticate': challenge });
    }
    if (!isRight(headers.authorization, url))
      return reply(401, { errorCode: 'NOT_ORG_GROUP_CREATOR' });
    const known = replies[url.replace('/api/atlas/v2', '')] ?? [
      404,
      { errorCode: 'GROUP_NOT_FOUND' },
    ];
    return reply(...(typeof known === 'function' ? known() : known));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

/** RFC 7616, 3.4.1, for `qop=auth`. */
function isRight(authorization: string, url: string): boolean {
  const { nonce, nc, cnonce, qop, response, uri } = Object.fromEntries(
    [...authorization.matchAll(/(\w+)="?([^",]*)"?/g)].map(([, name, value]) => [name, value]),
  );
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const secret = md5('public:MMS Public API:private');
  return (
    uri === url && response === md5([secret, nonce, nc, cnonce, qop, md5(`GET:${url}`)].join(':'))
  );
}
