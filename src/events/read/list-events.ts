import type { components } from '../../../generated/openapi.ts';
import type { BucketRun } from './buckets/bucket-run.ts';
import { readBucketStates } from './buckets/read-buckets.ts';
import type { ToText } from './event-page-builder.ts';
import { createEventPageBuilder } from './event-page-builder.ts';
import type { EventRange } from './event-range.ts';
import { inOrder } from './in-order.ts';
import type { BucketState, PageVersion } from './page-version.ts';
import { isVersionOf, toBucketState, toPageVersion } from './page-version.ts';
import type { Position } from './position.ts';
import type { Reading } from './reading.ts';

/*
 * How a range is read in pages.
 *
 * Events are ordered by position: their instant, then the bucket's `seq`, then their index in the bucket.
 * Events are only ever appended, and a deletion leaves an empty place, so a position never changes, and the next
 * page is every event beyond the position of the last one. Whatever is stored or deleted meanwhile, no page
 * repeats or skips an event; one that arrives late, behind that position, is seen when the range is read anew.
 *
 * buckets/ reads buckets in the order of an index, in-order.ts sorts their events,
 * event-page-builder.ts ends the page, and page-version.ts says whether a page is still the same.
 */

/** Events in the range's order, and the version of this page. */
export type EventPage = {
  events: components['schemas']['Event'][];
  version: PageVersion;
  /** The position of the page's last event; undefined if no events follow it. */
  next?: Position;
};

/**
 * Reads one page: from the range's `after`, or else its beginning, up to `limit` events or a function's
 * largest reply.
 */
export const listEvents = async (
  reading: Reading,
  range: EventRange,
  toText: ToText = JSON.stringify,
  maxBytes?: number,
): Promise<EventPage> => {
  const read: BucketState[] = [];
  const page = createEventPageBuilder(range, toText, maxBytes);
  let last: Position | undefined;
  let run: BucketRun = { buckets: [] };
  const onRun = (next: BucketRun): void => {
    read.push(...next.buckets.map(toBucketState));
    run = next;
  };
  for await (const events of inOrder(reading, range, onRun, range.limit + 1)) {
    for (const found of events) {
      if (!page.add(found, range) && last) {
        const states = run.next ? [...read, run.next] : read;
        const version = toPageVersion(states, run.rest === undefined);
        return { events: page.events, version, next: last };
      }
      last = found;
    }
    reading.hold('page', page.bytes());
  }
  return { events: page.events, version: toPageVersion(read, true) };
};

/** Returns the version that the page would have now, if it is one of these; reads no events. */
export const findCurrentVersion = async (
  reading: Reading,
  range: EventRange,
  versions: PageVersion[],
): Promise<PageVersion | undefined> => {
  const most = Math.max(...versions.map((version) => version.buckets));
  const states = await readBucketStates(reading, range, most + 1);
  return versions.find((version) => isVersionOf(states.slice(0, version.buckets + 1), version));
};
