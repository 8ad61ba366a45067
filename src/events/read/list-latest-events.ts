import type { components } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Series } from '../series.ts';
import { seriesOf } from '../series.ts';
import type { ToText } from './event-page-builder.ts';
import { createEventPageBuilder } from './event-page-builder.ts';
import type { LatestQuery } from './event-range.ts';
import { findNewestEvents, toSourceText } from './find-newest-events.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

/** The newest event of each of some types, sorted by type. */
export type LatestPage = {
  events: components['schemas']['Event'][];
  /** The last type that was looked at; undefined if no types follow it. */
  next?: string;
};

type Device = { deviceID: string };
type SeriesPart = Pick<Series, 'eventType' | 'newest' | 'edited'>;

/**
 * Reads a page of the newest events of a device, one of each type; sorted by type. It takes three queries at
 * most: the series, their newest buckets, and the buckets of those types whose newest event is in another
 * one. A page has fewer events than its limit if series name types without events.
 */
export const listLatestEvents = async (
  reading: Reading,
  query: LatestQuery,
  toText: ToText = JSON.stringify,
): Promise<LatestPage> => {
  const device = { deviceID: toDeviceKey(query.deviceID) };
  const found = await findSeries(reading, device, query);
  const series = found.slice(0, query.limit);
  const newest = await findNewestEvents(
    reading,
    series.map((each) => ({ ...device, ...each })),
  );
  const page = createEventPageBuilder(query, toText);
  let last: string | undefined;
  for (const { eventType } of series) {
    const event = newest.get(toSourceText({ ...device, eventType }));
    const isFull = event && !page.add({ date: event.date, event }, { ...device, eventType });
    if (isFull && last !== undefined) return { events: page.events, next: last };
    last = eventType;
  }
  if (found.length === series.length || last === undefined) return { events: page.events };
  return { events: page.events, next: last };
};

/** Reads the event types of a device, without looking whether they still have events. */
export const listTypes = async (reading: Reading, query: LatestQuery): Promise<string[]> => {
  const device = { deviceID: toDeviceKey(query.deviceID) };
  const found = await findSeries(reading, device, query);
  return found.slice(0, query.limit).map(({ eventType }) => eventType);
};

/** Reads one series more than the page may have. */
const findSeries = (
  { buckets, bounds }: Reading,
  device: Device,
  { eventType, after, limit }: LatestQuery,
): Promise<SeriesPart[]> =>
  seriesOf(buckets)
    .find<SeriesPart>(
      {
        ...device,
        ...(after !== undefined && { eventType: { $gt: after } }),
        ...(eventType !== undefined && { eventType }),
        emptied: { $exists: false },
      },
      // The contract allows ASCII alone, of which every database has the order of the code points.
      {
        projection: { eventType: 1, newest: 1, edited: 1 },
        sort: { eventType: 1 },
        limit: limit + 1,
        ...toOneBatch(limit + 1),
        ...bounds,
      },
    )
    .toArray();
