import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../harness/local-service.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { hostileText } from './hostile/hostile-text.ts';
import type { Page } from './timeline.ts';
import { createTimeline, firstDay, page, START, toAddress } from './timeline.ts';

const service = useLocalService();
const { ask } = createEventClient(service.url);
const timeline = createTimeline((events) =>
  ask('POST', '/events/batch', { body: JSON.stringify(events) }),
);
beforeAll(() => timeline.add(900));

// So that it still makes a URL of less than 10 kB.
const text = hostileText.map((whole) => whole.slice(0, 200));
/** A cursor, and the instant that it stands at, where it is like one of the service's own. */
type Cursor = { text: string; time?: number };

const encode = (parts: string[]): string => Buffer.from(parts.join('.')).toString('base64url');
const toOwn = (time: number, seq: number, index: number): Cursor => ({
  text: encode([time, seq, index].map((number) => number.toString(36))),
  time,
});
const part = fc.oneof(
  fc.bigInt(-(2n ** 70n), 2n ** 70n).map((number) => number.toString(36)),
  text,
);
const cursor: fc.Arbitrary<Cursor> = fc.oneof(
  text.map((any) => ({ text: any })),
  fc.stringMatching(/^[\w-]{1,64}$/).map((any) => ({ text: any })),
  fc.tuple(part, part, part).map((parts) => ({ text: encode(parts).slice(0, 200) })),
  fc
    .tuple(fc.integer({ min: -60, max: 7_260 }), fc.nat(3), fc.nat(300))
    .map(([second, seq, index]) => toOwn(START + second * 1_000, seq, index)),
);
const examples: [Page, Cursor][] = [
  [firstDay, { text: 'AAAA' }],
  [firstDay, toOwn(START + 1_800_000, 0, 0)],
];

describe('a cursor', () => {
  it('whatever it is, gives events of its range in their order, or is refused', FUZZ, async () => {
    const seen = new Set<number>();

    await fuzz(fc.tuple(page, cursor), examples, async ([{ query }, after]) => {
      const all = await read({ ...query, limit: '10000' });
      const { status, body } = await ask('GET', toAddress({ ...query, cursor: after.text }));
      seen.add(status);
      if (status === 400) return expect(JSON.parse(body).errors[0].parameter).toBe('cursor');
      const found = JSON.parse(body).map((event: Event) => indexOf(all, event));
      expect(found).not.toContain(-1);
      expect(found).toEqual(found.map((_: number, nth: number) => found[0] + nth));
      if (after.time !== undefined) {
        expect(findStarts(all, after.time, query.order)).toContain(found[0] ?? all.length);
      }
    });

    expect([...seen].sort()).toEqual([200, 400]);
  });
});

type Event = { date: string; value: number };

const read = async (query: Record<string, string>): Promise<Event[]> =>
  JSON.parse((await ask('GET', toAddress(query))).body);

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
