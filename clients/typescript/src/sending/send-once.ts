import { ConnectionError } from '../connection-error.ts';
import { toConnectionError } from './to-connection-error.ts';
import { toProblemError } from './to-problem-error.ts';
import { withSignals } from './with-signals.ts';

/** A complete, successful response. */
export type Reply = { status: number; headers: Headers; text: string };

/** One attempt. `expected` are the statuses that mean success. */
export type Try = {
  fetch(url: URL, init: RequestInit): Promise<Response>;
  url: URL;
  init: RequestInit;
  signal: AbortSignal;
  timeoutMs: number;
  expected: number[];
};

/** Sends a request once. Throws a ProblemError, a ConnectionError, or the reason of the aborted signal. */
export const sendOnce = async ({ url, expected, ...rest }: Try): Promise<Reply> => {
  const { response, text } = await exchange(url, rest);
  const { status, headers } = response;
  if (status >= 400) throw toProblemError(response, text);
  if (!expected.includes(status)) {
    throw new ConnectionError(`The response did not come from the API: its status is ${status}`);
  }
  return { status, headers, text };
};

function exchange(url: URL, { fetch, init, signal, timeoutMs }: Omit<Try, 'url' | 'expected'>) {
  return withSignals([signal], async (controller) => {
    const timer = setTimeout(() => {
      controller.abort(new DOMException(`No response within ${timeoutMs} ms`, 'TimeoutError'));
    }, timeoutMs);
    try {
      // Another host must not get the key, and the API never redirects.
      const redirect = 'manual';
      const response = await fetch(url, { ...init, redirect, signal: controller.signal });
      // Read the whole body: a response that breaks off acknowledges nothing.
      return { response, text: await response.text() };
    } catch (error) {
      throw toConnectionError(url, error, signal, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  });
}
