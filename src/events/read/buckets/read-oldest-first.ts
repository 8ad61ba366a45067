import type { Filter } from 'mongodb';
import type { Bucket } from '../../bucket.ts';
import { toDay } from '../../to-day.ts';
import type { EventRange } from '../event-range.ts';
import type { BucketPart, BucketRun } from './bucket-run.ts';
import type { Finder } from './finder.ts';
import type { Span } from './span.ts';
import { toDaySpan, toDaysFilter, toSpan } from './span.ts';

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

const BY_FIRST = { first: 1, seq: 1 } as const;

/** @param states reads without events: to look up the next bucket */
export async function* readOldestFirst(
  finder: Finder,
  states: Finder,
  range: EventRange,
): AsyncGenerator<BucketRun> {
  const span = toSpan(range);
  let last: BucketPart | undefined;
  // Then a bucket that begins before the span has its first events, as a rule.
  const isInside = span.from.getTime() !== toDay(span.from).getTime();
  let newest = -1;
  for (;;) {
    const size = finder.size(isInside && !last ? 1 : 0);
    const query = { filter: toFilterAfter(range, span, last), sort: BY_FIRST, byFirst: true };
    const isFirst = isInside && !last;
    const [found, nearest] = await Promise.all([
      finder.find({ ...query, limit: size }),
      isFirst && !isAfterEvent(range, span) ? findNearest(finder, range, span) : undefined,
    ]);
    // After `found`: a bucket that a late event moves meanwhile is in one of them, or in both.
    let others: BucketPart[] = [];
    if (last) others = await findMoved(finder, range, last, newest);
    else if (isFirst) others = await findBegun(finder, range, span, { nearest, found });
    others = others.filter(({ _id }) => !found.some((each) => each._id.equals(_id)));
    const end = found.length < size;
    const previous = last;
    last = found.at(-1);
    yield { buckets: [...others, ...found], ...(!end && last && { rest: last.first }) };
    if (end || !last) return;
    const isSameDay = previous?.date.getTime() === last.date.getTime();
    newest = Math.max(isSameDay ? newest : -1, ...toNumbers([...others, ...found], last.date));
    if (!finder.isHeavy()) continue;
    const after = { filter: toFilterAfter(range, span, last), sort: BY_FIRST, byFirst: true };
    const [next] = await states.find({ ...after, limit: 1 });
    yield { buckets: [], ...(next && { rest: next.first, next }) };
    if (!next) return;
  }
}

const toNumbers = (buckets: BucketPart[], day: Date): number[] =>
  buckets.filter(({ date }) => date.getTime() === day.getTime()).map(({ seq }) => seq);

/** Matches the buckets that begin in the span, after the last one. */
const toFilterAfter = (range: EventRange, span: Span, last?: BucketPart): Filter<Bucket> => ({
  ...toDaysFilter(range, span),
  first: { $gte: last?.first ?? span.from, $lte: span.to },
  ...(last && { $or: [{ first: { $gt: last.first } }, { seq: { $gt: last.seq } }] }),
});

/** Whether the span begins at the last event of the page before. */
const isAfterEvent = ({ after }: EventRange, { from }: Span): boolean =>
  after?.date.getTime() === from.getTime();

/** Matches the buckets of the span's first day that begin before the span. */
const toFilterBegun = (range: EventRange, { from }: Span) => ({
  ...toDaysFilter(range, toDaySpan(from)),
  first: { $gte: toDay(from), $lt: from },
});

/** Finds the last of the buckets that begin before the span and come after none that ends in it. */
const findNearest = (finder: Finder, range: EventRange, span: Span): Promise<BucketPart[]> =>
  finder.find({
    filter: { ...toFilterBegun(range, span), floor: { $not: { $gte: span.from } } },
    sort: { first: -1, seq: -1 },
    limit: 1,
    byFirst: true,
  });

/**
 * Finds the buckets that begin before the span, and end in it or after it: the nearest one, and those after it. Where a
 * page ended, its bucket may be the nearest.
 */
async function findBegun(
  finder: Finder,
  range: EventRange,
  span: Span,
  { nearest, found }: { nearest: BucketPart[] | undefined; found: BucketPart[] },
): Promise<BucketPart[]> {
  const read = (seq: number) =>
    finder.find({
      filter: { ...toFilterBegun(range, span), seq: { $gte: seq }, last: { $gte: span.from } },
      sort: BY_FIRST,
      byFirst: true,
    });
  const { after } = range;
  if (after && !nearest) {
    const begun = await read(after.seq);
    const day = toDay(span.from).getTime();
    const known = [...begun, ...found].find(
      ({ seq, date }) => seq === after.seq && date.getTime() === day,
    );
    if (known && (known.floor === undefined || known.floor < span.from)) return begun;
  }
  const [first] = nearest ?? (await findNearest(finder, range, span));
  return first ? [first, ...(await read(first.seq + 1))] : await read(0);
}

/** Finds the bucket that a late event has moved before the last one, if it was not read before. */
async function findMoved(
  finder: Finder,
  range: EventRange,
  last: BucketPart,
  newest: number,
): Promise<BucketPart[]> {
  const filter = {
    ...toDaysFilter(range, toDaySpan(last.date)),
    first: { $gte: last.date, $lt: last.first },
    seq: { $gt: newest },
  };
  const moved = await finder.find({ filter, sort: BY_FIRST, byFirst: true });
  // Its late event came too late for this page, but not for the next version of it.
  return moved.map((bucket) => ({ ...bucket, count: UNKNOWN_COUNT }));
}
