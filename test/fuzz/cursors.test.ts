import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Position } from '../../src/events/read/position.ts';
import { toNextCursor } from '../../src/http/event-query.ts';
import { useLocalService } from '../harness/local-service.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { hostileText } from './hostile/hostile-text.ts';
import type { Page } from './timeline.ts';
import { createTimeline, firstDay, page, START, toAddress } from './timeline.ts';

const service = useLocalService();
const { ask } = createEventClient(service.url);
const timeline = createTimeline((events) =>
  ask('POST', '/events/batch', { body: JSON.stringify({ events }) }),
);
beforeAll(() => timeline.add(900));

// So that it still makes a URL of less than 10 kB.
const text = hostileText.map((whole) => whole.slice(0, 200));
/** A cursor as text, or its parts behind those that name the query, or the position that one of them stands at. */
type Cursor = string | { parts: string[] } | Position;

const toOwn = (time: number, seq: number, index: number): Position => ({
  date: new Date(time),
  seq,
  index,
});
const part = fc.oneof(
  fc.bigInt(-(2n ** 70n), 2n ** 70n).map((number) => number.toString(36)),
  text,
);
const cursor: fc.Arbitrary<Cursor> = fc.oneof(
  text,
  fc.stringMatching(/^[\w-]{1,64}$/),
  fc.array(part, { maxLength: 4 }).map((parts) => ({ parts })),
  fc
    .tuple(fc.integer({ min: -60, max: 7_260 }), fc.nat(3), fc.nat(300))
    .map(([second, seq, index]) => toOwn(START + second * 1_000, seq, index)),
);
const examples: [Page, Cursor][] = [
  [firstDay, 'AAAA'],
  [firstDay, { parts: [] }],
  [firstDay, { parts: ['0', '0', '0'] }],
  [firstDay, toOwn(START + 1_800_000, 0, 0)],
];

describe('a cursor', () => {
  it('whatever it is, gives events of its range in their order, or is refused', FUZZ, async () => {
    const seen = new Set<number>();

    await fuzz(fc.tuple(page, cursor), examples, async ([{ query }, after]) => {
      const all = await read({ ...query, limit: '10000' });
      const cursor = toText(query, after);
      const { status, body } = await ask('GET', toAddress({ ...query, cursor }));
      seen.add(status);
      if (status === 400) return expect(JSON.parse(body).errors[0].parameter).toBe('cursor');
      const found = JSON.parse(body).events.map((event: Event) => indexOf(all, event));
      expect(found).not.toContain(-1);
      expect(found).toEqual(found.map((_: number, nth: number) => found[0] + nth));
      if (typeof after === 'object' && 'date' in after) {
        const starts = findStarts(all, after.date.getTime(), query.order);
        expect(starts).toContain(found[0] ?? all.length);
      }
    });

    expect([...seen].sort()).toEqual([200, 400]);
  });
});

type Event = { date: string; value: number };

/** The cursor as the service would write it for this query. */
function toText(query: Record<string, string>, cursor: Cursor): string {
  if (typeof cursor === 'string') return cursor;
  const position = 'date' in cursor ? cursor : toOwn(0, 0, 0);
  const { nextCursor = '' } = toNextCursor('listEvents', query as never, position);
  if ('date' in cursor) return nextCursor;
  const [digest = ''] = Buffer.from(nextCursor, 'base64url').toString().split(' ');
  return Buffer.from([digest, ...cursor.parts].join(' '))
    .toString('base64url')
    .slice(0, 256);
}

const read = async (query: Record<string, string>): Promise<Event[]> =>
  JSON.parse((await ask('GET', toAddress(query))).body).events;

const indexOf = (all: Event[], { date, value }: Event): number =>
  all.findIndex((event) => event.date === date && event.value === value);

/** Where a page may begin: after the events that come before the instant, with or without one of it. */
function findStarts(all: Event[], time: number, order = 'desc'): number[] {
  const sign = order === 'asc' ? 1 : -1;
  const places = all.map(({ date }) => sign * (Date.parse(date) - time));
  return [places.filter((place) => place < 0), places.filter((place) => place <= 0)].map(
    ({ length }) => length,
  );
}
