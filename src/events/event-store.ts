import type { Collection } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { components } from '../../generated/openapi.ts';
import { createConnected } from '../database/connected.ts';
import type { Measure } from '../telemetry.ts';
import type { BatchOutcome } from './append/append-batch.ts';
import { appendBatch } from './append/append-batch.ts';
import { appendEvents } from './append/append-events.ts';
import type { Settle } from './append/fill-buckets.ts';
import { createKnownBuckets } from './append/known-buckets.ts';
import type { Bucket, DatedEvent } from './bucket.ts';
import { BUCKET_INDEX, FIRST_INDEX, toElement } from './bucket.ts';
import type { EventCount } from './delete/count-events.ts';
import { countEvents } from './delete/count-events.ts';
import { deleteEvents } from './delete/delete-events.ts';
import type { DeletedPart, Deletion } from './delete/deletion.ts';
import type { LivePlace, LiveQuery } from './live/live-place.ts';
import type { LiveBatch, LiveNews } from './live/read-live.ts';
import { findLastDeletion, findLiveNews, readLive, startLive } from './live/read-live.ts';
import type { DevicesQuery, EventRange, LatestQuery, SummaryRange } from './read/event-range.ts';
import type { Device, DevicePage, EventTypePage } from './read/list-devices.ts';
import { findDevice, listDevices, listEventTypes } from './read/list-devices.ts';
import type { EventPage } from './read/list-events.ts';
import { findCurrentVersion, listEvents } from './read/list-events.ts';
import type { LatestPage } from './read/list-latest-events.ts';
import { listLatestEvents, listTypes } from './read/list-latest-events.ts';
import type { PageVersion } from './read/page-version.ts';
import { createReadMemory } from './read/read-memory.ts';
import type { Reading } from './read/reading.ts';
import { toReading } from './read/reading.ts';
import type { Summary } from './read/summary/summarize-events.ts';
import { findCurrentSummary, summarizeEvents } from './read/summary/summarize-events.ts';

type Event = components['schemas']['Event'];

/**
 * Stores and reads events in buckets. An event's key is its device (whatever the case of its UUID), type
 * and UTC day. Each method takes 8 s at most. It throws EventStoreUnavailable if the database cannot be
 * reached, is too slow or has too many writers; any other error is a bug.
 */
export type EventStore = {
  /**
   * Stores an event unless its key has it: one with the same `id` or, without an id, the same instant and
   * value.
   */
  add(event: DatedEvent): Promise<'created' | 'duplicate'>;
  /** Stores each event once, like `add`. Throws only if no event's outcome is known. */
  addAll(events: DatedEvent[]): Promise<BatchReport>;
  /** Reads a page of a range. Of events at one instant, the last to arrive counts as the newest. */
  list(range: EventRange, options?: PageOptions): Promise<EventPage>;
  /** Reads the first `limit` event types of a device after `after`, sorted; some may have no events any more. */
  listTypes(query: LatestQuery, options?: ReadOptions): Promise<string[]>;
  /**
   * Returns the version that the page of this range would have now, if it is one of these; reads no events.
   */
  findCurrent(
    range: EventRange,
    versions: PageVersion[],
    options?: ReadOptions,
  ): Promise<PageVersion | undefined>;
  /** Reads a page of the newest events of a device, one of each type, sorted by type. */
  latest(query: LatestQuery, options?: PageOptions): Promise<LatestPage>;
  /**
   * Summarizes numeric events by interval, oldest first; undefined if the range has more than 2,000,000
   * events.
   */
  summarize(range: SummaryRange, options?: ReadOptions): Promise<Summary | undefined>;
  /** Like `findCurrent`, for the summary of this range. */
  findCurrentSummary(
    range: EventRange,
    versions: PageVersion[],
    options?: ReadOptions,
  ): Promise<PageVersion | undefined>;
  /** Live streams: live/live-place.ts says how they know where they stand. */
  live: LiveStore;
  /** Reads a page of the devices that have events, in the order of their ids. */
  devices(query: DevicesQuery, options?: ReadOptions): Promise<DevicePage>;
  /** Undefined if there are no events of the device. */
  device(deviceID: string, options?: ReadOptions): Promise<Device | undefined>;
  /** Reads a page of a device's event types. */
  eventTypes(query: Omit<LatestQuery, 'eventType'>, options?: ReadOptions): Promise<EventTypePage>;
  /** Whether the migration has created the indexes. */
  isPrepared(): Promise<boolean>;
  /**
   * Deletes events, and counts them in `deletion` step by step. Returns false if there are more than one call deletes:
   * the next call goes on. If it throws, some may be deleted.
   */
  delete(part: DeletedPart, deletion?: Deletion): Promise<boolean>;
  /** Counts the events that `delete` would delete. */
  count(part: DeletedPart & { eventType: string }, options?: ReadOptions): Promise<EventCount>;
};

export type LiveStore = {
  /** Returns the place behind all events that are stored at `now`, in milliseconds since 1970. */
  start(query: LiveQuery, now: number, options?: ReadOptions): Promise<LivePlace>;
  /** Finds what types have events beyond the place. */
  findNews(
    query: LiveQuery,
    place: LivePlace,
    now: number,
    options?: ReadOptions,
  ): Promise<LiveNews[]>;
  /** Reads some of a type's events beyond the place, in the order of arrival; does not move the place. */
  read(
    query: LiveQuery,
    place: LivePlace,
    news: LiveNews,
    options?: ReadOptions,
  ): Promise<LiveBatch>;
  /** Returns when the device was deleted last, in milliseconds since 1970; 0 for never. */
  findLastDeletion(query: LiveQuery, options?: ReadOptions): Promise<number>;
};

/** A read is given up, and rejects with the signal's reason, when the signal ends. */
export type ReadOptions = { signal?: AbortSignal | undefined };

/** `toText` writes an event as the reply will: a page ends before a function's reply is full. */
export type PageOptions = ReadOptions & {
  toText?: (event: Event) => string;
  /** By default, what a function's reply can take. */
  maxBytes?: number;
};

/** The outcome of each event, in the order of the batch, and the first error, if there was one. */
export type BatchReport = { outcomes: BatchOutcome[]; failure?: unknown };

const OUTCOME_METRICS = {
  created: 'EventsStored',
  duplicate: 'EventsDuplicate',
  failed: 'EventsFailed',
} as const;

/** @param measure receives metrics: outcomes, time of the database, retries */
export const createEventStore = (
  buckets: Collection<Bucket>,
  measure: Measure = () => undefined,
): EventStore => {
  const known = createKnownBuckets(buckets, measure);
  const connected = createConnected(buckets.db.client, measure);
  const memory = createReadMemory();
  const read = <Result>(work: (reading: Reading) => Promise<Result>, caller?: AbortSignal) =>
    connected(
      (deadline) => memory((hold) => work(toReading(buckets, deadline.toSignal(), hold))),
      caller,
    );
  const addAll = async (events: DatedEvent[]): Promise<BatchReport> => {
    const outcomes = events.map((): BatchOutcome => 'failed');
    try {
      await connected(() => appendBatch(known, events, outcomes));
      return { outcomes };
    } catch (failure) {
      if (outcomes.every((outcome) => outcome === 'failed')) throw failure;
      // A copy, since events stored after the deadline still change `outcomes`.
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
        await connected(() => appendEvents(known, key, [element], settle));
      } catch (failure) {
        measure('EventsFailed', 1);
        throw failure;
      }
      measure(OUTCOME_METRICS[outcome], 1);
      return outcome;
    },
    addAll,
    latest: (query, { toText, signal } = {}) =>
      read((reading) => listLatestEvents(reading, query, toText), signal),
    summarize: (range, { signal } = {}) =>
      read((reading) => summarizeEvents(reading, range), signal),
    list: (range, { toText, signal, maxBytes } = {}) =>
      read((reading) => listEvents(reading, range, toText, maxBytes), signal),
    listTypes: (query, { signal } = {}) => read((reading) => listTypes(reading, query), signal),
    findCurrent: (range, versions, { signal } = {}) =>
      read((reading) => findCurrentVersion(reading, range, versions), signal),
    findCurrentSummary: (range, versions, { signal } = {}) =>
      read((reading) => findCurrentSummary(reading, range, versions), signal),
    live: {
      start: (query, now, { signal } = {}) =>
        read((reading) => startLive(reading, query, now), signal),
      findNews: (query, place, now, { signal } = {}) =>
        read((reading) => findLiveNews(reading, query, place, now), signal),
      read: (query, place, news, { signal } = {}) =>
        read((reading) => readLive(reading, query, place, news), signal),
      findLastDeletion: (query, { signal } = {}) =>
        read((reading) => findLastDeletion(reading, query), signal),
    },
    devices: (query, { signal } = {}) => read((reading) => listDevices(reading, query), signal),
    device: (deviceID, { signal } = {}) => read((reading) => findDevice(reading, deviceID), signal),
    eventTypes: (query, { signal } = {}) =>
      read((reading) => listEventTypes(reading, query), signal),
    isPrepared: () => connected(() => hasIndexes(buckets)),
    delete: (part, deletion = { count: 0 }) =>
      connected(() => deleteEvents(buckets, part, deletion)),
    count: (part, { signal } = {}) => read((reading) => countEvents(reading, part), signal),
  };
};

const NAMESPACE_NOT_FOUND = 26;

async function hasIndexes(buckets: Collection<Bucket>): Promise<boolean> {
  try {
    const names = (await buckets.indexes()).map(({ name }) => name);
    return [BUCKET_INDEX, FIRST_INDEX].every((name) => names.includes(name));
  } catch (error) {
    // MongoDB answers with this error if the collection does not exist.
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return false;
    throw error;
  }
}
