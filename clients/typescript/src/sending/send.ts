import { compress } from './compress.ts';
import type { Reply } from './send-once.ts';
import { sendOnce } from './send-once.ts';
import { toJson } from './to-json.ts';
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
};

/** Where and how a client sends. */
export type SendOptions = CallOptions & {
  /** URL of the API, with the stage if it has one. */
  baseUrl: string | URL;
  /** API key, sent in the header `x-api-key`. */
  apiKey: string;
  /** Replacement for the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
};

/** A request of one operation. */
export type Request<Result> = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Relative to the base URL. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  /** The statuses that mean success. */
  expected: number[];
  /** Reads a successful response. A ConnectionError that it throws is retried. */
  read(reply: Reply): Result;
};

export type Send = <Result>(request: Request<Result>, call?: CallOptions) => Promise<Result>;

// API Gateway gives up after 29 s: wait a little longer, to get its response.
const TIMEOUT_MS = 30_000;

/** Creates the function that sends requests, with retries as the options allow. */
export const createSend =
  (client: SendOptions): Send =>
  async (request, call = {}) => {
    const { timeoutMs = client.timeoutMs ?? TIMEOUT_MS } = call;
    const { method, expected } = request;
    const { body, type } = await toContent(request.body);
    const key = { accept: 'application/json', 'x-api-key': client.apiKey };
    // Created here, so that an invalid key throws a TypeError and is not retried.
    const headers = new Headers({ ...key, ...type, ...request.headers });
    const init = { method, headers, ...(body !== undefined && { body }) };
    const url = toUrl(client.baseUrl, request);
    const fetch = client.fetch ?? globalThis.fetch;
    return withSignals([client.signal, call.signal], ({ signal }) =>
      withRetries(toRetry(client.retry, call.retry), signal, async () =>
        request.read(await sendOnce({ fetch, url, init, signal, timeoutMs, expected })),
      ),
    );
  };

async function toContent(value: unknown) {
  if (value === undefined) return { body: undefined, type: {} };
  const { body, isCompressed } = await compress(toJson(value));
  const encoding = isCompressed ? { 'content-encoding': 'gzip' } : {};
  return { body, type: { 'content-type': 'application/json', ...encoding } };
}

function toUrl(baseUrl: string | URL, { path, query = {} }: Request<unknown>): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/*$/, '') + path;
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

const toRetry = (ofClient: CallOptions['retry'], ofCall: CallOptions['retry']): RetryOptions =>
  (ofCall ?? ofClient) === false
    ? { ...DEFAULT_RETRY, maxTries: 1 }
    : { ...DEFAULT_RETRY, ...ofClient, ...ofCall };
