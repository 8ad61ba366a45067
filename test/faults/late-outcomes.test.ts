import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { connect } from '../../src/database/connect.ts';
import { DEADLINE_MS } from '../../src/database/outage.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';

const { uri, buckets } = useDatabase();
let link: FaultyLink;

beforeAll(async () => {
  link = await createFaultyLink(uri);
});
afterAll(() => link.close());

it('a batch that takes too long reports what was known at its deadline, whatever is stored after', async () => {
  const client = connect(link.uri);
  await client.connect();
  const store = createEventStore(collectionOf(client));
  const eventType = randomUUID();
  const events = Array.from({ length: 20 }, () => ({
    deviceID: randomUUID(),
    eventType,
    date: '2026-05-05T12:00:00Z',
  }));
  const expectStored = (count: number): Promise<void> =>
    vi.waitFor(
      async () => expect(await buckets.countDocuments({ eventType })).toBeGreaterThanOrEqual(count),
      { timeout: 20_000, interval: 10 },
    );
  // Each way takes 0.2 s, and two events are under way at a time: once three are stored, the outcome of one is known.
  await link.set('latency');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const adding = store.addAll(events);
  await expectStored(3);

  vi.advanceTimersByTime(DEADLINE_MS);

  const { outcomes, failure } = await adding;
  vi.useRealTimers();
  const reported = [...outcomes];
  expect(failure).toMatchObject({ name: 'EventStoreUnavailable' });
  const created = reported.filter((outcome) => outcome === 'created').length;
  expect(created).toBeGreaterThan(0);
  // By then, the outcome of two more is known.
  await expectStored(created + 4);
  expect(outcomes).toEqual(reported);
  await client.close();
});
