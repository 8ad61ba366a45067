import { ConnectionError } from '../connection-error.ts';
import { ProblemError } from '../problem-error.ts';
import { withReport } from './attempt.ts';
import type { CallOptions, Request, SendOptions } from './send.ts';
import { TIMEOUT_MS, toFetch, toRetry, toUrl } from './send.ts';
import { toConnectionError } from './to-connection-error.ts';
import { toKey } from './to-key.ts';
import { toProblemError } from './to-problem-error.ts';
import { createRetries } from './with-retries.ts';
import { joinSignals } from './with-signals.ts';

// Three heartbeats of a live stream: a connection that is silent for so long is dead.
const SILENCE_MS = 45_000;

/** A request whose reply is read while it arrives. */
export type StreamRequest = Pick<Request<unknown>, 'path' | 'query'> & {
  headers: Record<string, string>;
};

/** Opens the streams of one call, one after the other, and counts their failures. `end` aborts what is open. */
export const createStreams = (client: SendOptions, call: CallOptions = {}) => {
  const { controller, letGo } = joinSignals([client.signal, call.signal]);
  const { signal } = controller;
  return {
    signal,
    retries: createRetries(toRetry(client.retry, call.retry), signal),
    open: (request: StreamRequest) => readText(client, call, signal, request),
    end(): void {
      controller.abort();
      letGo();
    },
  };
};

/**
 * Yields the text of a reply in pieces. A piece is read when it is asked for, so that a slow reader slows the service down.
 * Throws a ProblemError, a ConnectionError, or the reason of the aborted signal.
 */
async function* readText(
  client: SendOptions,
  call: CallOptions,
  signal: AbortSignal,
  { path, query = {}, headers }: StreamRequest,
): AsyncGenerator<string> {
  const timeoutMs = call.timeoutMs ?? client.timeoutMs ?? TIMEOUT_MS;
  const url = toUrl(client.baseUrl, { path, query });
  const apiKey = await toKey(client.apiKey, signal, timeoutMs);
  // Created here, so that an invalid key throws a TypeError and is not retried.
  const init = {
    redirect: 'manual' as const,
    headers: new Headers({ ...headers, 'x-api-key': apiKey }),
  };
  const { controller, letGo } = joinSignals([signal]);
  const within = async <Result>(step: Promise<Result>, ms: number): Promise<Result> => {
    const timer = setTimeout(() => {
      controller.abort(new DOMException(`No response within ${ms} ms`, 'TimeoutError'));
    }, ms);
    return step.finally(() => clearTimeout(timer));
  };
  const begin = async (): Promise<Response> => {
    const asked = toFetch(client)(url, { ...init, signal: controller.signal });
    const response = await within(asked, timeoutMs);
    const { status } = response;
    if (status >= 400) throw toProblemError(response, await within(response.text(), timeoutMs));
    if (status === 200) return response;
    throw new ConnectionError(`The response did not come from the API: its status is ${status}`);
  };
  try {
    const { onAttempt = client.onAttempt } = call;
    const { body } = await withReport({ method: 'GET', url }, onAttempt, begin);
    const reader = body?.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const part = await within(reader?.read() ?? NOTHING, SILENCE_MS);
      if (part.done) return;
      yield decoder.decode(part.value, { stream: true });
    }
  } catch (error) {
    if (error instanceof ProblemError || error instanceof ConnectionError) throw error;
    throw toConnectionError(url, error, signal, controller.signal);
  } finally {
    controller.abort();
    letGo();
  }
}

const NOTHING = Promise.resolve({ done: true as const, value: undefined });
