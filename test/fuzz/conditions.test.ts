import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../local-service.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ_TIMEOUT_MS, fuzz } from './fuzz.ts';
import { hostileText } from './hostile-text.ts';

const service = useLocalService();
const { ask } = createEventClient(service.url);
const deviceID = randomUUID();
const TYPES = ['temp', 'door'];
const START = Date.parse('2026-05-05T23:00:00Z');
let count = 0;

/** Events of both days, whose order of arrival is not that of their dates. */
async function store(many: number): Promise<void> {
  const events = Array.from({ length: many }, () => {
    count += 1;
    const date = new Date(START + ((count * 7_919) % 7_200) * 1_000).toISOString();
    return { deviceID, eventType: TYPES[count % 2], date, value: count };
  });
  await ask('POST', '/events/batch', { body: JSON.stringify(events) });
}
beforeAll(() => store(900));

/** Pages by address and media type. */
type Page = { query: Record<string, string>; accept: string };
const page: fc.Arbitrary<Page> = fc.record({
  query: fc
    .record({
      eventType: fc.constantFrom(...TYPES),
      range: fc.constantFrom<Record<string, string>>(
        { date: '2026-05-05' },
        { date: '2026-05-06' },
        { from: '2026-05-05T00:00:00Z' },
        { from: '2026-05-05T23:30:00Z', to: '2026-05-06T00:30:00Z' },
      ),
      order: fc.constantFrom({}, { order: 'asc' }),
      limit: fc.constantFrom({}, { limit: '1' }, { limit: '150' }, { limit: '10000' }),
    })
    .map(({ eventType, range, order, limit }) => ({
      deviceID,
      eventType,
      ...range,
      ...order,
      ...limit,
    })),
  accept: fc.constantFrom('application/json', 'application/x-ndjson', 'text/csv'),
});

const cursorOf = (...parts: string[]): string => Buffer.from(parts.join('.')).toString('base64url');
const part = fc.oneof(
  fc.bigInt(-(2n ** 70n), 2n ** 70n).map((n) => n.toString(36)),
  hostileText,
);
const cursor = fc.oneof(
  hostileText.map((text) => text.slice(0, 200)),
  fc.stringMatching(/^[\w-]{1,64}$/),
  fc.tuple(part, part, part).map((parts) => cursorOf(...parts)),
  fc
    .tuple(fc.integer({ min: 0, max: 7_200 }), fc.nat(3), fc.nat(300))
    .map(([second, seq, index]) =>
      cursorOf(...[START + second * 1_000, seq, index].map((number) => number.toString(36))),
    ),
);

const day: Page = {
  query: { deviceID, eventType: 'temp', date: '2026-05-05' },
  accept: 'application/json',
};
const cursors: [Page, string][] = [
  [day, 'AAAA'],
  [day, cursorOf(START.toString(36), '0', '0')],
];

describe('a cursor', () => {
  it(
    'whatever it is, gives events of its range in their order, or is refused',
    async () => {
      const seen = new Set<number>();

      await fuzz(fc.tuple(page, cursor), cursors, async ([{ query }, after]) => {
        const all = await read({ ...query, limit: '10000' });
        const { status, body } = await ask('GET', toAddress({ ...query, cursor: after }));
        seen.add(status);
        if (status === 400) return expect(JSON.parse(body).errors[0].parameter).toBe('cursor');
        const found = JSON.parse(body).map((event: unknown) => all.indexOf(JSON.stringify(event)));
        expect(found).toEqual(found.map((_: number, nth: number) => found[0] + nth));
        expect(found[0] ?? 0).toBeGreaterThanOrEqual(0);
      });

      expect([...seen].sort()).toEqual([200, 400]);
    },
    FUZZ_TIMEOUT_MS,
  );
});

/** Text, or a tag that was sent: with a number below 0 the page's own, perhaps no longer its newest. */
type Tag = string | { nth: number };
type Asked = { page: Page; tags: Tag[]; writes: number };

const tag: fc.Arbitrary<Tag> = fc.oneof(
  { arbitrary: fc.constant({ nth: -1 }), weight: 2 },
  { arbitrary: fc.nat().map((nth) => ({ nth })), weight: 3 },
  hostileText.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
  fc.stringMatching(/^(W\/)?"[0-9a-z]{1,4}[.-][\w-]{30}"$/),
);
const asked: fc.Arbitrary<Asked> = fc.record({
  page,
  tags: fc.array(tag, { maxLength: 4 }),
  writes: fc.nat(4),
});
const conditions: Asked[] = [
  { page: day, tags: ['"x"'], writes: 1 },
  { page: day, tags: [{ nth: -1 }], writes: 1 },
  { page: day, tags: [{ nth: -1 }], writes: 0 },
];

describe('an If-None-Match', () => {
  it(
    'whatever it is, is answered 304 only for what the client has',
    async () => {
      const pages = new Map<string, string>();
      const newest = new Map<string, string>();
      const seen = new Set<number>();

      await fuzz(asked, conditions, async ({ page: { query, accept }, tags, writes }) => {
        if (writes === 0) await store(1);
        const address = toAddress(query);
        const known = [...pages.keys()];
        const toTag = (sent: Tag): string => {
          if (typeof sent === 'string') return sent;
          const own = newest.get(address + accept);
          return (sent.nth < 0 ? own : known[sent.nth % known.length]) ?? '*';
        };
        const condition = tags.map(toTag).join(', ');
        const own = await ask('GET', address, { headers: { accept } });
        const headers = { accept, 'if-none-match': condition.slice(0, 1_024) };
        const { status, headers: sent } = await ask('GET', address, { headers });
        seen.add(status);
        const etag = own.headers.get('etag') ?? '';
        // A tag is of one content for ever.
        expect(pages.get(etag) ?? own.body).toBe(own.body);
        pages.set(etag, own.body);
        newest.set(address + accept, etag);
        const value = headers['if-none-match'].trim();
        expect(status).toBe(value === '*' || value.includes(etag) ? 304 : 200);
        expect(sent.get('etag')).toBe(etag);
      });

      expect([...seen].sort()).toEqual([200, 304]);
    },
    FUZZ_TIMEOUT_MS,
  );
});

const toAddress = (query: Record<string, string>): string =>
  `/events?${new URLSearchParams(query)}`;

/** Each event as it stands in a page. */
async function read(query: Record<string, string>): Promise<string[]> {
  const events: unknown[] = JSON.parse((await ask('GET', toAddress(query))).body);
  return events.map((event) => JSON.stringify(event));
}
