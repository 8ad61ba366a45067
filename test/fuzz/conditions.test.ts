import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../harness/local-service.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { hostileText } from './hostile/hostile-text.ts';
import type { Page } from './timeline.ts';
import { createTimeline, firstDay, page, toAddress } from './timeline.ts';

const service = useLocalService();
const { ask } = createEventClient(service.url);
const timeline = createTimeline((events) =>
  ask('POST', '/events/batch', { body: JSON.stringify(events) }),
);
beforeAll(() => timeline.add(900));

/** Text, or a tag that was sent: with a number below 0 the page's own, perhaps no longer its newest. */
type Tag = string | { nth: number };
type Asked = { page: Page; tags: Tag[]; write: keyof typeof WRITES };

const WRITES = {
  none: async () => undefined,
  one: () => timeline.add(1),
  before: timeline.addBefore,
  fill: timeline.fill,
};
const tag: fc.Arbitrary<Tag> = fc.oneof(
  { arbitrary: fc.constant({ nth: -1 }), weight: 2 },
  { arbitrary: fc.nat().map((nth) => ({ nth })), weight: 3 },
  hostileText.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
  fc.stringMatching(/^(W\/)?"[0-9a-z]{1,4}[.-][\w-]{30}"$/),
);
const asked: fc.Arbitrary<Asked> = fc.record({
  page,
  tags: fc.array(tag, { maxLength: 4 }),
  write: fc.constantFrom('none', 'none', 'none', 'none', 'one', 'before', 'fill'),
});
const oldest: Page = { ...firstDay, query: { ...firstDay.query, order: 'asc', limit: '1' } };
const examples: Asked[] = [
  { page: firstDay, tags: ['"x"'], write: 'none' },
  { page: firstDay, tags: [{ nth: -1 }], write: 'none' },
  { page: firstDay, tags: [{ nth: -1 }], write: 'one' },
  { page: oldest, tags: [], write: 'fill' },
  { page: oldest, tags: [{ nth: -1 }], write: 'before' },
];

describe('an If-None-Match', () => {
  it('whatever it is, is answered 304 only for what the client has', FUZZ, async () => {
    const bodies = new Map<string, string>();
    const newest = new Map<string, string>();
    const seen = new Set<number>();

    await fuzz(asked, examples, async ({ page: { query, accept }, tags, write }) => {
      await WRITES[write]();
      const address = toAddress(query);
      const all = [...bodies.keys()];
      const own = newest.get(address + accept);
      const condition = tags
        .map((sent) => (typeof sent === 'string' ? sent : toTag(all, own, sent.nth)))
        .join(', ')
        .slice(0, 1_024)
        .trim();
      const now = await ask('GET', address, { headers: { accept } });
      const etag = now.headers.get('etag') ?? '';
      // A tag is of one content for ever.
      expect(bodies.get(etag) ?? now.body).toBe(now.body);
      bodies.set(etag, now.body);
      newest.set(address + accept, etag);

      const headers = { accept, 'if-none-match': condition };
      const reply = await ask('GET', address, { headers });

      seen.add(reply.status);
      if (condition === '*' || condition.includes(etag)) expect(reply.status).toBe(304);
      if (reply.status === 200) return expect(reply.body).toBe(now.body);
      // It need not be the newest tag, if only the content is.
      const told = reply.headers.get('etag') ?? '';
      expect(bodies.get(told)).toBe(now.body);
      if (condition !== '*') expect(condition).toContain(told);
    });

    expect([...seen].sort()).toEqual([200, 304]);
  });
});

const toTag = (all: string[], own: string | undefined, nth: number): string =>
  (nth < 0 ? own : all[nth % all.length]) ?? '*';
