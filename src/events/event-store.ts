import type { Collection } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { components } from '../../generated/openapi.ts';
import { createConnected } from '../database/connected.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { Measure } from '../telemetry.ts';
import type { BatchOutcome } from './append/append-batch.ts';
import { appendBatch } from './append/append-batch.ts';
import type { Settle } from './append/append-events.ts';
import { appendEvents } from './append/append-events.ts';
import { createBucketStore } from './append/bucket-store.ts';
import type { Bucket } from './bucket.ts';
import { BUCKET_INDEX, toElement } from './bucket.ts';
import type { EventRange, SummaryRange } from './read/event-range.ts';
import type { EventPage } from './read/list-events.ts';
import { findCurrentVersion, listEvents } from './read/list-events.ts';
import type { LatestQuery } from './read/list-latest-events.ts';
import { listLatestEvents } from './read/list-latest-events.ts';
import type { PageVersion } from './read/page-version.ts';
import { summariseEvents } from './read/summarise-events.ts';

type NewEvent = components['schemas']['NewEvent'];
type StoredEvent = components['schemas']['StoredEvent'];

/** Where events are kept. All throw EventStoreUnavailable while the database is down, slow or too busy. */
export type EventStore = {
  /** Stores an event once: the same id, or the same instant and value, of a device and type is a duplicate. */
  add(event: NewEvent): Promise<'created' | 'duplicate'>;
  /** Stores each event once. It throws only where nothing is known to be stored. */
  addAll(events: NewEvent[]): Promise<BatchReport>;
  /**
   * A page of a range; of one instant, the last to arrive counts as the newest.
   * @param toText what a reply has of an event, since a page ends before a function's reply is full
   */
  list(range: EventRange, toText?: (event: StoredEvent) => string): Promise<EventPage>;
  /** Which of these versions the page still has, if any; reads no events. */
  findCurrent(range: EventRange, versions: PageVersion[]): Promise<PageVersion | undefined>;
  /** The newest event of each type, or of one. */
  latest(query: LatestQuery): Promise<components['schemas']['LatestEvent'][]>;
  /** Numeric events by interval; undefined where there are too many of them. */
  summarise(range: SummaryRange): Promise<components['schemas']['EventSummary'][] | undefined>;
  /** Whether the migration has prepared the collection. */
  isPrepared(): Promise<boolean>;
  /** Whatever is stored of a device. Where it throws, some may be deleted: call it again. */
  deleteDevice(deviceID: string): Promise<void>;
};

const OUTCOME_METRICS = {
  created: 'EventsStored',
  duplicate: 'EventsDuplicate',
  failed: 'EventsFailed',
} as const;

/** What became of each event, in their order, and the first thing that went wrong. */
export type BatchReport = { outcomes: BatchOutcome[]; failure?: unknown };

export const createEventStore = (
  buckets: Collection<Bucket>,
  measure: Measure = () => undefined,
): EventStore => {
  const store = createBucketStore(buckets, measure);
  const connected = createConnected(buckets.db.client, measure);
  const addAll = async (events: NewEvent[]): Promise<BatchReport> => {
    const outcomes = events.map((): BatchOutcome => 'failed');
    try {
      await connected(() => appendBatch(store, events, outcomes));
      return { outcomes };
    } catch (failure) {
      if (outcomes.every((outcome) => outcome === 'failed')) throw failure;
      // A copy: what is stored after the deadline must not change what is told now.
      return { outcomes: [...outcomes], failure };
    } finally {
      for (const outcome of outcomes) measure(OUTCOME_METRICS[outcome], 1);
    }
  };
  return {
    async add(event) {
      let outcome = 'created' as 'created' | 'duplicate';
      const settle: Settle = (_, settled) => {
        outcome = settled;
      };
      const { key, element } = toElement(event);
      try {
        await connected(() => appendEvents(store, key, [element], settle));
      } catch (failure) {
        measure('EventsFailed', 1);
        throw failure;
      }
      measure(OUTCOME_METRICS[outcome], 1);
      return outcome;
    },
    addAll,
    latest: (query) => connected(() => listLatestEvents(buckets, query)),
    summarise: (range) => connected(() => summariseEvents(buckets, range)),
    list: (range, toText) => connected(() => listEvents(buckets, range, toText)),
    findCurrent: (range, versions) => connected(() => findCurrentVersion(buckets, range, versions)),
    isPrepared: () => connected(() => hasBucketIndex(buckets)),
    async deleteDevice(deviceID) {
      await connected(() => buckets.deleteMany({ deviceID: toDeviceKey(deviceID) }));
    },
  };
};

const NAMESPACE_NOT_FOUND = 26;

async function hasBucketIndex(buckets: Collection<Bucket>): Promise<boolean> {
  try {
    return (await buckets.indexes()).some(({ name }) => name === BUCKET_INDEX);
  } catch (error) {
    // Without the collection, MongoDB has no list of indexes to show.
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return false;
    throw error;
  }
}
