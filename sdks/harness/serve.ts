import { createInterface } from 'node:readline';
import type { Driver, Event, EventPage, EventResult, Reply } from './driver.ts';

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
