import type { Event, LiveQuery } from '../contract/api-types.ts';
import type { CallOptions, SendOptions } from '../sending/send.ts';
import { sleep } from '../sending/sleep.ts';
import { createStreams } from '../sending/streams.ts';
import { DEFAULT_RETRY, toRetryDelay } from '../sending/to-retry-delay.ts';
import { parseJson } from './parse-json.ts';
import { toParts } from './to-parts.ts';

/**
 * Iterates over events as they arrive. It connects again where a connection ended, and so loses and repeats nothing.
 * It ends when the device is deleted, and throws a ProblemError when the service refuses it.
 */
export async function* followEvents<Type extends string>(
  client: SendOptions,
  query: LiveQuery<Type>,
  call?: CallOptions,
): AsyncGenerator<Event<Type>> {
  const { signal, retries, open, end } = createStreams(client, call);
  const { after, ...series } = query;
  let id = after;
  try {
    for (;;) {
      try {
        const place = id !== undefined && { 'last-event-id': id };
        const headers = { accept: 'text/event-stream', ...place };
        const text = open({ path: '/events/live', query: series, headers });
        for await (const block of toParts(text, '\n\n')) {
          const message = toMessage(block);
          retries.progressed();
          id = message.id ?? id;
          if (message.event === 'end') {
            const { reason } = Object(parseJson(message.data));
            if (reason === 'device-deleted') return;
          } else if (message.data !== '') yield parseJson(message.data) as Event<Type>;
        }
        await sleep(toRetryDelay(1, undefined, DEFAULT_RETRY), signal);
      } catch (error) {
        await retries.failed(error);
      }
    }
  } finally {
    end();
  }
}

function toMessage(block: string) {
  const lines = block.split('\n');
  const find = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return { id: find('id'), event: find('event'), data: find('data') ?? '' };
}
