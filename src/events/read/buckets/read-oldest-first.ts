import { toDay } from '../../to-day.ts';
import type { EventRange } from '../event-range.ts';
import type { BucketPart, BucketRun } from './bucket-run.ts';
import type { Finder } from './finder.ts';
import { readStart } from './read-start.ts';
import type { Span } from './span.ts';
import { toDaySpan, toDaysFilter, toSpan } from './span.ts';
import type { Place, Step } from './step.ts';
import { BY_FIRST, toQueryAfter, toStepOf } from './step.ts';

/*
 * Oldest first, buckets come in the order of `first`: no event of a bucket to come is older than that of the last one
 * read. The index on it finds the first bucket of any instant. The others are those that begin before the instant and
 * end at it or after it: as a rule one.
 *
 * `first` of a day's newest bucket may change, by a late event. If that moves the bucket before the place that was
 * reached, it is read as soon as that is noticed, before its other events are due: after each query, buckets are looked
 * up that were opened after all that were read of the day, and begin before that place.
 */

/** No bucket has this count later. */
const UNKNOWN_COUNT = -1;

/** @param states reads without events, to look up which buckets to read; undefined if `finder` does so */
export async function* readOldestFirst(
  finder: Finder,
  range: EventRange,
  states?: Finder,
): AsyncGenerator<BucketRun> {
  const span = toSpan(range);
  let place: Place | undefined;
  let newest = -1;
  for (;;) {
    const { begun, found, next, reached }: Step =
      place || span.from.getTime() === toDay(span.from).getTime()
        ? await readMore(finder, range, span, { place, newest })
        : await readStart(finder, range, span, states);
    const buckets = [...begun, ...found];
    const rest = next?.first ?? reached?.first;
    yield { buckets, ...(rest && { rest }), ...(next && { next }) };
    if (!reached) return;
    const isSameDay = !place || place.date.getTime() === reached.date.getTime();
    newest = Math.max(isSameDay ? newest : -1, ...toNumbers(buckets, reached.date));
    place = reached;
    if (!states || next || !finder.isHeavy()) continue;
    const [following] = await states.find({ ...toQueryAfter(range, span, place), limit: 1 });
    yield { buckets: [], ...(following && { rest: following.first, next: following }) };
    if (!following) return;
  }
}

const toNumbers = (buckets: BucketPart[], day: Date): number[] =>
  buckets.filter(({ date }) => date.getTime() === day.getTime()).map(({ seq }) => seq);

/** Reads the next buckets, and then the one that a late event has moved before them. */
async function readMore(
  finder: Finder,
  range: EventRange,
  span: Span,
  { place, newest }: { place: Place | undefined; newest: number },
): Promise<Step> {
  const size = finder.size();
  const found = await finder.find({ ...toQueryAfter(range, span, place), limit: size });
  const moved = place ? await findMoved(finder, range, place, newest) : [];
  return toStepOf(size, moved, found);
}

/** Finds the bucket that a late event has moved before the last one, if it was not read before. */
async function findMoved(
  finder: Finder,
  range: EventRange,
  place: Place,
  newest: number,
): Promise<BucketPart[]> {
  const filter = {
    ...toDaysFilter(range, toDaySpan(place.date)),
    first: { $gte: place.date, $lt: place.first },
    seq: { $gt: newest },
  };
  const moved = await finder.find({ filter, sort: BY_FIRST, byFirst: true });
  // Its late event came too late for this page, but not for the next version of it.
  return moved.map((bucket) => ({ ...bucket, count: UNKNOWN_COUNT }));
}
