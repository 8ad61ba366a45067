import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ExchangeRequest, Reply } from './exchange.ts';
import { createDevices } from './exchange.ts';

/** Sends a request, with `{etag}` as the last reply had it, and gives what is kept of its answer. */
export type Client = (request: ExchangeRequest) => Promise<Reply>;

// The others are the gateway's own, or of the moment.
const KEPT = ['content-type', 'etag', 'link', 'cache-control', 'retry-after', 'vary', 'allow'];

/** A client whose devices nobody else has. */
export const createClient = (url: string, apiKey: string): Client => {
  const devices = createDevices(randomUUID());
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
    const text = devices.leave(await response.text());
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
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

/** As bytes, since fetch gives text a content type of its own. */
const toBytes = (body: string, headers: Record<string, string>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(headers['content-encoding'] === 'gzip' ? gzipSync(body) : Buffer.from(body));
