import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

it('a batch that takes too long reports what was known at its deadline, whatever is stored after', {
  tags: 'long',
  timeout: DEADLINE_MS * 8,
}, async () => {
  const client = connect(link.uri);
  const store = createEventStore(collectionOf(client));
  // Two at a time, 0.4 s each: some are stored before the deadline, and some are under way then.
  const eventType = randomUUID();
  const events = Array.from({ length: 100 }, () => ({
    deviceID: randomUUID(),
    eventType,
    date: '2026-05-05T12:00:00Z',
  }));
  await link.set('latency');

  const { outcomes, failure } = await store.addAll(events);

  const reported = [...outcomes];
  const created = reported.filter((outcome) => outcome === 'created').length;
  expect(failure).toMatchObject({ name: 'EventStoreUnavailable' });
  expect(created).toBeGreaterThan(0);
  await vi.waitFor(
    async () => expect(await buckets.countDocuments({ eventType })).toBeGreaterThan(created),
    { timeout: 20_000 },
  );
  await sleep(500);
  expect(outcomes).toEqual(reported);
  await client.close();
});
