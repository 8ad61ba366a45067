import type { Filter } from 'mongodb';
import type { components } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Series } from '../series.ts';
import { seriesOf } from '../series.ts';
import type { KnownSeries } from './add-ends.ts';
import { addEnds, findFirstDates } from './add-ends.ts';
import { MAX_PAGE_BYTES, toEvent } from './event-page-builder.ts';
import type { DevicesQuery, LatestQuery } from './event-range.ts';
import { findNewestEvents, toSourceText } from './find-newest-events.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

export type Device = components['schemas']['Device'];
type EventType = components['schemas']['DeviceEventType'];

/** `next` is the last device that was looked at; undefined if no devices follow it. */
export type DevicePage = { devices: Device[]; next?: string };
/** `next` is the last type that was looked at; undefined if no types follow it. */
export type EventTypePage = { eventTypes: EventType[]; next?: string };

/** How many series a page looks at; a device is never cut, so there may be those of one device more. */
const MAX_SERIES = 5_000;

/**
 * Reads a page of the devices that have events, by device. It takes three queries at most, and four with the newest
 * events: their series, in the order of the index, and the newest bucket of each; and two more where clocks were ahead.
 */
export const listDevices = async (
  reading: Reading,
  { among, lastReceivedBefore, eventType, limit, after }: DevicesQuery,
): Promise<DevicePage> => {
  const filter = {
    $and: [
      ...(among ? [{ deviceID: { $in: [...among] } }] : []),
      ...(after === undefined ? [] : [{ deviceID: { $gt: after } }]),
      { emptied: { $exists: false } },
    ],
  };
  const isOld = ({ lastOpenedAt }: Series) =>
    lastReceivedBefore === undefined || lastOpenedAt < lastReceivedBefore;
  const { groups, next } = await readGroups(reading, filter, limit, isOld);
  const known = await addEnds(reading, groups.flat());
  const all = toDevices(known).filter(
    ({ lastReceivedAt }) =>
      lastReceivedBefore === undefined || new Date(lastReceivedAt) < lastReceivedBefore,
  );
  const ids = new Set(all.map(({ deviceID }) => deviceID));
  const wanted = known.filter((each) => each.eventType === eventType && ids.has(each.deviceID));
  const latest = await findNewestEvents(reading, wanted);
  const devices: Device[] = [];
  let bytes = 0;
  for (const device of all) {
    const source = { deviceID: device.deviceID, eventType: eventType ?? '' };
    const event = latest.get(toSourceText(source));
    const entry = event
      ? { ...device, latest: toEvent({ date: event.date, event }, source) }
      : device;
    // As in event-page-builder.ts; U+FFFD, one character, is written as an escape of six.
    bytes += 2 * Buffer.byteLength(JSON.stringify(JSON.stringify(entry)));
    const last = devices.at(-1);
    if (bytes > MAX_PAGE_BYTES && last) return { devices, next: last.deviceID };
    devices.push(entry);
  }
  return { devices, ...(next !== undefined && { next }) };
};

/** Reads one device; undefined if there are no events of it. */
export const findDevice = async (
  reading: Reading,
  deviceID: string,
): Promise<Device | undefined> => {
  const device = { deviceID: toDeviceKey(deviceID), emptied: { $exists: false } } as const;
  const series = await seriesOf(reading.buckets).find(device, reading.bounds).toArray();
  return toDevices(await addEnds(reading, series))[0];
};

/** Reads a page of a device's event types, with two queries, and one for each type. */
export const listEventTypes = async (
  reading: Reading,
  { deviceID, limit, after }: Omit<LatestQuery, 'eventType'>,
): Promise<EventTypePage> => {
  const filter = {
    deviceID: toDeviceKey(deviceID),
    ...(after !== undefined && { eventType: { $gt: after } }),
    emptied: { $exists: false },
  } as Filter<Series>;
  const options = { sort: { eventType: 1 }, limit: limit + 1, ...toOneBatch(limit + 1) } as const;
  const found = await seriesOf(reading.buckets)
    .find(filter, { ...options, ...reading.bounds })
    .toArray();
  const series = found.slice(0, limit);
  const [known, firstDates] = await Promise.all([
    addEnds(reading, series),
    findFirstDates(reading, series),
  ]);
  const eventTypes = known.map((each, index): EventType => {
    const first = firstDates[index];
    return {
      eventType: each.eventType,
      ...toDays(each.firstDay, each.newest?.date),
      ...(first && { firstEventAt: first.toISOString() }),
      ...(each.lastEventAt && { lastEventAt: each.lastEventAt.toISOString() }),
      lastReceivedAt: each.lastReceivedAt.toISOString(),
    };
  });
  const last = series.at(-1);
  if (found.length === series.length || !last) return { eventTypes };
  return { eventTypes, next: last.eventType };
};

/**
 * Reads the series of up to `limit` devices of which all series are wanted. `next` is the last device that was looked
 * at, if others follow.
 */
async function readGroups(
  { buckets, bounds }: Reading,
  filter: Filter<Series>,
  limit: number,
  isWanted: (series: Series) => boolean,
): Promise<{ groups: Series[][]; next?: string }> {
  const groups: Series[][] = [];
  let group: Series[] = [];
  let seen = 0;
  const sort = { deviceID: 1, eventType: 1 } as const;
  const found = seriesOf(buckets).find(filter, { sort, batchSize: 2 * limit + 2, ...bounds });
  const endGroup = (): void => {
    if (group.length > 0 && group.every(isWanted)) groups.push(group);
  };
  try {
    for await (const series of found) {
      const previous = group[0]?.deviceID;
      if (previous !== undefined && previous !== series.deviceID) {
        endGroup();
        group = [];
        if (groups.length === limit || seen >= MAX_SERIES) return { groups, next: previous };
      }
      group.push(series);
      seen += 1;
    }
  } finally {
    await found.close();
  }
  endGroup();
  return { groups };
}

/** @param series sorted by device */
function toDevices(series: KnownSeries[]): Device[] {
  const devices = new Map<string, KnownSeries[]>();
  for (const each of series) {
    devices.set(each.deviceID, [...(devices.get(each.deviceID) ?? []), each]);
  }
  return [...devices].map(([deviceID, own]): Device => {
    const firstDay = toEnd(own, ({ firstDay }) => firstDay, -1);
    const lastDay = toEnd(own, ({ newest }) => newest?.date, 1);
    const lastEventAt = toEnd(own, (each) => each.lastEventAt, 1);
    const lastReceivedAt = toEnd(own, (each) => each.lastReceivedAt, 1) ?? new Date(0);
    return {
      deviceID,
      eventTypeCount: own.length,
      ...toDays(firstDay, lastDay),
      ...(lastEventAt && { lastEventAt: lastEventAt.toISOString() }),
      lastReceivedAt: lastReceivedAt.toISOString(),
    };
  });
}

/** The earliest (`sign` is -1) or the latest instant. */
const toEnd = (
  series: KnownSeries[],
  toDate: (series: KnownSeries) => Date | undefined,
  sign: 1 | -1,
): Date | undefined =>
  series
    .flatMap((each) => toDate(each) ?? [])
    .reduce<Date | undefined>(
      (end, date) => (end && sign * (date.getTime() - end.getTime()) <= 0 ? end : date),
      undefined,
    );

const toDays = (first: Date | undefined, last: Date | undefined) => ({
  ...(first && { firstDay: toDayText(first) }),
  ...(last && { lastDay: toDayText(last) }),
});

const toDayText = (day: Date): string => day.toISOString().slice(0, 10);
