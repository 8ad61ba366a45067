import { gzipSync } from 'node:zlib';
import type { ExchangeRequest, Reply } from './exchange.ts';
import { createDevices } from './exchange.ts';

/** Sends a request, with the last reply's ETag for `{etag}`; returns the parts of the reply that are recorded. */
export type Client = (request: ExchangeRequest) => Promise<Reply>;

// Other headers are the gateway's own, or change with each request.
const KEPT = ['content-type', 'etag', 'link', 'cache-control', 'retry-after', 'vary', 'allow'];

/** Creates a client with the device ids of a release. */
export const createClient = (url: string, apiKey: string, version: string): Client => {
  const devices = createDevices(version);
  let etag = '';
  return async ({ method, path, query = {}, headers = {}, body }) => {
    const parameters = Object.entries(query).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
    const search = parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : '';
    const filled = Object.entries({ 'x-api-key': apiKey, ...headers }).map(
      ([name, value]): [string, string] => [name, value.replace('{etag}', etag)],
    );
    const response = await fetch(devices.enter(`${url}${path}${search}`), {
      method,
      headers: filled,
      ...(body !== undefined && { body: toBytes(devices.enter(body), headers) }),
    });
    etag = response.headers.get('etag') ?? etag;
    const type = response.headers.get('content-type') ?? '';
    const text = devices.leave(await readBody(response, type));
    const isJson = /[/+]json\b/.test(type);
    return {
      status: response.status,
      headers: Object.fromEntries(
        KEPT.flatMap((name) => {
          const value = response.headers.get(name);
          return value === null ? [] : [[name, devices.leave(value)]];
        }),
      ),
      body: isJson && text ? JSON.parse(text) : text,
    };
  };
};

/** A live stream has no end: it is left once it is known to have begun. */
async function readBody(response: Response, type: string): Promise<string> {
  if (!type.startsWith('text/event-stream')) return await response.text();
  await response.body?.cancel();
  return '';
}

/** Bytes, since fetch sets a content type for text. */
const toBytes = (body: string, headers: Record<string, string>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(headers['content-encoding'] === 'gzip' ? gzipSync(body) : Buffer.from(body));
