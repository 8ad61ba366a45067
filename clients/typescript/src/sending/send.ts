import type { Attempt } from './attempt.ts';
import { withReport } from './attempt.ts';
import { compress } from './compress.ts';
import type { Reply } from './send-once.ts';
import { sendOnce } from './send-once.ts';
import { toJson } from './to-json.ts';
import type { ApiKey } from './to-key.ts';
import { toKey } from './to-key.ts';
import type { RetryOptions } from './to-retry-delay.ts';
import { DEFAULT_RETRY } from './to-retry-delay.ts';
import { withRetries } from './with-retries.ts';
import { withSignals } from './with-signals.ts';

/** Options of one call. They override those of the client. */
export type CallOptions = {
  /** Aborts the call, also while it waits to retry. The call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Timeout of one attempt in milliseconds, by default 30,000. */
  timeoutMs?: number | undefined;
  /** Overrides some of the retry options; `false` disables retries. */
  retry?: Partial<RetryOptions> | false | undefined;
  /** Lets the request outlive the page that sends it; browsers then take up to 64 KiB, and nothing is compressed. */
  keepalive?: boolean | undefined;
  /** Called after each attempt, for logs and metrics. */
  onAttempt?: ((attempt: Attempt) => unknown) | undefined;
};

/** Sends a request as `next` does, and may change it, the reply, or both. It runs for each attempt. */
export type Middleware = (url: URL, init: RequestInit, next: Next) => Promise<Response>;
type Next = (url: URL, init: RequestInit) => Promise<Response>;

/** Where and how a client sends. */
export type SendOptions = CallOptions & {
  /** URL of the API, with the stage if it has one. */
  baseUrl: string | URL;
  /** API key, sent in the header `x-api-key`; or a function that returns it, now or later, for each attempt. */
  apiKey: ApiKey;
  /** Replacement for the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Wraps `fetch`; the first one is the outermost. */
  middleware?: readonly Middleware[] | undefined;
};

/** A request of one operation. */
export type Request<Result> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the base URL. */
  path: string;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  /** The statuses that mean success. */
  expected: number[];
  /** Reads a successful response. A ConnectionError that it throws is retried. */
  read(reply: Reply): Result;
};

export type Send = <Result>(request: Request<Result>, call?: CallOptions) => Promise<Result>;

// API Gateway gives up after 29 s: wait a little longer, to get its response.
export const TIMEOUT_MS = 30_000;

/** Creates the function that sends requests, with retries as the options allow. */
export const createSend =
  (client: SendOptions): Send =>
  async (request, call = {}) => {
    const { timeoutMs = client.timeoutMs ?? TIMEOUT_MS } = call;
    const { method, expected } = request;
    const { keepalive = false, onAttempt = client.onAttempt } = call;
    const { body, type } = await toContent(request.body, keepalive);
    const url = toUrl(client.baseUrl, request);
    const fetch = toFetch(client);
    const once = async (signal: AbortSignal): Promise<Reply> => {
      const apiKey = await toKey(client.apiKey, signal, timeoutMs);
      const key = { accept: 'application/json', 'x-api-key': apiKey };
      // Created here, so that an invalid key throws a TypeError and is not retried.
      const headers = new Headers({ ...key, ...type, ...request.headers });
      const init = {
        method,
        headers,
        ...(body !== undefined && { body }),
        ...(keepalive && { keepalive }),
      };
      return sendOnce({ fetch, url, init, signal, timeoutMs, expected });
    };
    return withSignals([client.signal, call.signal], ({ signal }) =>
      withRetries(toRetry(client.retry, call.retry), signal, async () =>
        request.read(await withReport({ method, url }, onAttempt, () => once(signal))),
      ),
    );
  };

export const toFetch = ({ fetch = globalThis.fetch, middleware = [] }: SendOptions): Next =>
  middleware.reduceRight<Next>(
    (next, wrap) => (url, init) => wrap(url, init, next),
    (url, init) => fetch(url, init),
  );

async function toContent(value: unknown, keepalive: boolean) {
  if (value === undefined) return { body: undefined, type: {} };
  const text = toJson(value);
  // A page that is left has no time to compress.
  const { body, isCompressed } = keepalive
    ? { body: text, isCompressed: false }
    : await compress(text);
  const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
  return { body, type: { 'content-type': 'application/json', ...encoding } };
}

/** The URL of a request; a list in the query becomes a parameter for each item. */
export const toUrl = (
  baseUrl: string | URL,
  { path, query = {} }: Pick<Request<unknown>, 'path' | 'query'>,
): URL => {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/*$/, '') + path;
  for (const [name, value] of Object.entries(query)) {
    const values = value === undefined ? [] : [value].flat();
    for (const each of values) url.searchParams.append(name, String(each));
  }
  return url;
};

export const toRetry = (
  ofClient: CallOptions['retry'],
  ofCall: CallOptions['retry'],
): RetryOptions =>
  (ofCall ?? ofClient) === false
    ? { ...DEFAULT_RETRY, maxTries: 1 }
    : { ...DEFAULT_RETRY, ...ofClient, ...ofCall };
