import { compress } from './compress.ts';
import type { Reply } from './send-once.ts';
import { sendOnce } from './send-once.ts';
import type { RetryOptions } from './to-retry-delay.ts';
import { DEFAULT_RETRY } from './to-retry-delay.ts';
import { withRetries } from './with-retries.ts';
import { withSignals } from './with-signals.ts';

/** What may be said for one call; the rest is as the client says. */
export type CallOptions = {
  /** Gives up at once, also between tries; the call rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** How long one try may take. */
  timeoutMs?: number | undefined;
  /** What differs from the defaults; false never repeats. */
  retry?: Partial<RetryOptions> | false | undefined;
};

export type SendOptions = CallOptions & {
  /** With whatever stands before the API's paths, such as a stage. */
  baseUrl: string | URL;
  apiKey: string;
  fetch?: typeof globalThis.fetch | undefined;
};

export type Request<Result> = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Relative to the base URL. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  /** The statuses that are success. */
  expected: number[];
  /** What a success says; a ConnectionError, where it is none of the API, is tried again. */
  read(reply: Reply): Result;
};

export type Send = <Result>(request: Request<Result>, call?: CallOptions) => Promise<Result>;

// The gateway gives up after 29 s: whoever waits a little longer gets its reply.
const TIMEOUT_MS = 30_000;

/** Sends a request until it is answered, as far as the options allow. */
export const createSend =
  (client: SendOptions): Send =>
  async (request, call = {}) => {
    const { timeoutMs = client.timeoutMs ?? TIMEOUT_MS } = call;
    const { method, expected } = request;
    const { body, type } = await toContent(request.body);
    const key = { accept: 'application/json', 'x-api-key': client.apiKey };
    // Made here: a key that no header can hold is no fault of the network.
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
  const { body, isCompressed } = await compress(JSON.stringify(value));
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
