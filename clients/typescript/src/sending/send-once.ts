import { ConnectionError } from '../connection-error.ts';
import { toProblemError } from './to-problem-error.ts';
import { withSignals } from './with-signals.ts';

/** A success, whole and parsed. */
export type Reply = { url: URL; status: number; headers: Headers; body: unknown };

export type Try = {
  fetch: typeof globalThis.fetch;
  url: URL;
  init: RequestInit;
  signal: AbortSignal;
  timeoutMs: number;
  expected: number[];
};

/** One try: a Reply, or a ProblemError or ConnectionError; the signal's reason where it was aborted. */
export const sendOnce = async ({ url, expected, ...rest }: Try): Promise<Reply> => {
  const { response, text } = await exchange(url, rest);
  const { status, headers } = response;
  if (status >= 400) throw toProblemError(response, text);
  if (!expected.includes(status)) {
    throw new ConnectionError(`The reply is none of the API: its status is ${status}`);
  }
  return { url, status, headers, body: text === '' ? undefined : parse(text) };
};

function exchange(url: URL, { fetch, init, signal, timeoutMs }: Omit<Try, 'url' | 'expected'>) {
  return withSignals([signal], async (controller) => {
    const timer = setTimeout(() => {
      controller.abort(new DOMException(`No reply within ${timeoutMs} ms`, 'TimeoutError'));
    }, timeoutMs);
    try {
      // Another host must not get the key; and the API redirects nobody.
      const redirect = 'manual';
      const response = await fetch(url, { ...init, redirect, signal: controller.signal });
      // All of it: a reply that breaks off acknowledges nothing.
      return { response, text: await response.text() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const cause = controller.signal.aborted ? controller.signal.reason : error;
      const { message = String(cause) } = cause as { message?: string };
      throw new ConnectionError(`No reply of ${url.origin}: ${message}`, { cause });
    } finally {
      clearTimeout(timer);
    }
  });
}

/** The login page of some network on the way is a success, too: only JSON is believed. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConnectionError('The reply is none of the API: it is not JSON', { cause });
  }
}
