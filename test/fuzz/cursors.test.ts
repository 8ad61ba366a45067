import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../local-service.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ_TIMEOUT_MS, fuzz } from './fuzz.ts';
import { hostileText } from './hostile-text.ts';
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
const toCursor = (parts: string[]): string => Buffer.from(parts.join('.')).toString('base64url');
const part = fc.oneof(
  fc.bigInt(-(2n ** 70n), 2n ** 70n).map((number) => number.toString(36)),
  text,
);
const place = fc
  .tuple(fc.integer({ min: 0, max: 7_200 }), fc.nat(3), fc.nat(300))
  .map(([second, ...others]) => [START + second * 1_000, ...others]);
const cursor = fc.oneof(
  text,
  fc.stringMatching(/^[\w-]{1,64}$/),
  fc.tuple(part, part, part).map((parts) => toCursor(parts).slice(0, 200)),
  place.map((numbers) => toCursor(numbers.map((number) => number.toString(36)))),
);
const examples: [Page, string][] = [
  [firstDay, 'AAAA'],
  [firstDay, toCursor([START.toString(36), '0', '0'])],
];

describe('a cursor', () => {
  it(
    'whatever it is, gives events of its range in their order, or is refused',
    async () => {
      const seen = new Set<number>();

      await fuzz(fc.tuple(page, cursor), examples, async ([{ query }, after]) => {
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

/** Each event as it stands in a page. */
async function read(query: Record<string, string>): Promise<string[]> {
  const events: unknown[] = JSON.parse((await ask('GET', toAddress(query))).body);
  return events.map((event) => JSON.stringify(event));
}
