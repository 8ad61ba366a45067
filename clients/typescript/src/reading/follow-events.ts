import type { Event, LiveQuery } from '../api-types.ts';
import { ConnectionError } from '../connection-error.ts';
import { ProblemError } from '../problem-error.ts';
import type { CallOptions, SendOptions } from '../sending/send.ts';
import { TIMEOUT_MS, toFetch } from '../sending/send.ts';
import { sleep } from '../sending/sleep.ts';
import { toKey } from '../sending/to-key.ts';
import { toProblemError } from '../sending/to-problem-error.ts';
import { DEFAULT_RETRY, toRetryDelay } from '../sending/to-retry-delay.ts';
import { parseJson } from './parse-json.ts';

const TEMPORARY = new Set([429, 502, 503, 504]);

/**
 * Iterates over events as they arrive. It connects again where a connection ended, and so loses and repeats nothing.
 * It ends when the device is deleted, and throws a ProblemError when the service refuses it.
 */
export async function* followEvents<Type extends string>(
  client: SendOptions,
  query: LiveQuery<Type>,
  call: CallOptions = {},
): AsyncGenerator<Event<Type>> {
  const fetch = toFetch(client);
  const url = toUrl(client.baseUrl, query);
  const leaving = new AbortController();
  const signals = [client.signal, call.signal, leaving.signal].filter((each) => each !== undefined);
  const signal = AbortSignal.any(signals);
  let id = query.after;
  let failures = 0;
  try {
    for (;;) {
      try {
        const apiKey = await toKey(client.apiKey, signal, client.timeoutMs ?? TIMEOUT_MS);
        const headers = {
          accept: 'text/event-stream',
          'x-api-key': apiKey,
          ...(id !== undefined && { 'last-event-id': id }),
        };
        const response = await fetch(url, { headers, redirect: 'manual', signal });
        if (response.status >= 400) throw toProblemError(response, await response.text());
        if (response.status !== 200 || !response.body) {
          throw new ConnectionError(`The response did not come from the API: ${response.status}`);
        }
        for await (const message of toMessages(response.body)) {
          failures = 0;
          id = message.id ?? id;
          if (message.event === 'end') {
            const { reason } = Object(parseJson(message.data));
            if (reason === 'device-deleted') return;
          } else if (message.data !== '') yield parseJson(message.data) as Event<Type>;
        }
        failures += 1;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (error instanceof ProblemError && !TEMPORARY.has(error.status)) throw error;
        failures += 1;
        const { maxTries } = { ...DEFAULT_RETRY, ...client.retry, ...call.retry };
        if (call.retry === false || failures >= maxTries) throw error;
        await sleep(toRetryDelay(failures, error, DEFAULT_RETRY), signal);
        continue;
      }
      await sleep(toRetryDelay(1, undefined, DEFAULT_RETRY), signal);
    }
  } finally {
    leaving.abort();
  }
}

type Message = { id: string | undefined; event: string | undefined; data: string };

/** Parses server-sent events; a message that broke off is left out. */
async function* toMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = `${rest}${decoder.decode(value, { stream: true })}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield toMessage(block);
  }
}

function toMessage(block: string): Message {
  const lines = block.split('\n');
  const find = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return { id: find('id'), event: find('event'), data: find('data') ?? '' };
}

function toUrl(baseUrl: string | URL, { deviceID, eventType }: LiveQuery): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/*$/, '')}/events/live`;
  url.searchParams.set('deviceID', deviceID);
  for (const each of eventType) url.searchParams.append('eventType', each);
  return url;
}
