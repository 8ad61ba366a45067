import { createInterface } from 'node:readline';
import type { Driver } from './driver.ts';
import type { Event, EventCount, EventPage, EventResult, Reply } from './reply.ts';

type Command = { op: keyof Driver; args: never; key: string };

/** Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each. */
export const serve = async (create: (url: string, key: string) => Driver): Promise<void> => {
  for await (const line of createInterface(process.stdin)) {
    const { op, args, key }: Command = JSON.parse(line);
    const driver = create(process.env.BASE_URL ?? '', key);
    const reply = await driver[op](args).catch((error) => ({ error: String(error?.stack) }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
};

/** Reads page after page, until one has no `nextCursor` or is not a page. */
export const readPages = async (
  readPage: (cursor: string | undefined) => Promise<Reply<EventPage>>,
): Promise<Reply<Event[]>> => {
  const events: Event[] = [];
  let cursor: string | undefined;
  do {
    const { data, ...reply } = await readPage(cursor);
    if (!data) return reply;
    events.push(...data.events);
    cursor = data.nextCursor;
  } while (cursor !== undefined);
  return { status: 200, data: events };
};

/** Tells a duplicate from a new event by the type that the SDK has for the result. */
export const withIsDuplicate = <R extends Reply<EventResult>>(reply: R) => ({
  ...reply,
  isDuplicate: reply.data?.status === 'duplicate',
});

/** Reads the text of server-sent events until it has so many, or to its end. */
export const readStream = async (
  body: ReadableStream<Uint8Array> | null,
  count: number,
): Promise<string> => {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.split(/^data:.*\n\n/m).length <= count) {
    const part = await reader?.read();
    if (!part || part.done) break;
    text += decoder.decode(part.value, { stream: true });
  }
  await reader?.cancel();
  return text;
};

/** The reply to a deletion. After a 204, some SDKs return an empty object. */
export const withCount = ({ data, ...reply }: Reply<Counted>): Reply<EventCount> =>
  data && 'count' in data ? { ...reply, data } : reply;

// biome-ignore lint/suspicious/noConfusingVoidType: SDKs type the data of a 204 so
type Counted = EventCount | void;
