import type { Filter } from 'mongodb';
import type { Bucket } from '../../bucket.ts';
import { toDay } from '../../to-day.ts';
import type { EventRange } from '../event-range.ts';
import type { BucketPart, BucketRun } from './bucket-run.ts';
import type { Finder } from './finder.ts';
import type { Span } from './span.ts';
import { toDaySpan, toDaysFilter, toSpan } from './span.ts';

/*
 * Newest first, buckets come by day and `seq`, which never change: the newest date of those to come is the `floor` of
 * the last one read. (At the same instant, a lower `seq` is older.)
 *
 * Where the span ends inside a day, reading begins at the bucket of the range's `after`, or else at the one that the
 * index on `first` finds for the instant. The buckets after that one have late events at most; those that do are read
 * at once. Any bucket to begin at would do: which one is a matter of cost.
 */

type Place = { date: Date; seq: number };

export async function* readNewestFirst(
  finder: Finder,
  range: EventRange,
): AsyncGenerator<BucketRun> {
  const span = toSpan(range);
  const oldest = toDay(span.from).getTime();
  let place: Place | undefined;
  let late: Promise<BucketPart[]> | [] = [];
  if (span.to < toDaySpan(span.to).to) {
    place = toPlaceOfCursor(range, span);
    if (place) late = findLate(finder, range, span, place);
    else {
      const nearest = await findNearest(finder, range, span);
      place = nearest ?? { date: toDay(span.to), seq: 0 };
      if (nearest) {
        const after = { date: nearest.date, seq: nearest.seq + 1 };
        const buckets = [...(await findLate(finder, range, span, after)), nearest];
        const isEnd = isOldest(nearest, span, oldest);
        yield { buckets, ...(!isEnd && { rest: toRest(nearest) }) };
        if (isEnd) return;
      }
    }
  }
  // A day that has many buckets is read to its end before the days before it.
  let isLarge = place !== undefined;
  for (;;) {
    const size = finder.size();
    const filter = toFilterBefore(range, span, place, isLarge);
    const query = { filter, sort: { date: -1, seq: -1 }, limit: size } as const;
    const [others, found] = await Promise.all([late, finder.find(query)]);
    const buckets = [...others, ...found];
    const last = found.at(-1);
    if (isLarge && place && found.length < size && place.date.getTime() > oldest) {
      yield { buckets, rest: place.date };
      place = { date: place.date, seq: 0 };
      isLarge = false;
    } else {
      const isEnd = found.length < size || !last || isOldest(last, span, oldest);
      yield { buckets, ...(!isEnd && { rest: toRest(last) }) };
      if (isEnd) return;
      place = last;
      isLarge = found[0]?.date.getTime() === last.date.getTime();
    }
    late = [];
  }
}

/** Events of the buckets before this one are older; those of other days are older than its day. */
const toRest = ({ floor, date }: BucketPart): Date => floor ?? date;

/** Whether all events of the buckets before this one are older than the span. */
const isOldest = ({ date, floor }: BucketPart, { from }: Span, oldest: number): boolean =>
  date.getTime() === oldest && (floor === undefined || floor < from);

/** Matches the buckets before the place, all or those of its day alone, that may have events of the span. */
function toFilterBefore(
  range: EventRange,
  span: Span,
  place: Place | undefined,
  isLarge: boolean,
): Filter<Bucket> {
  const filter = { first: { $lte: span.to }, last: { $gte: span.from } };
  if (!place) return { ...toDaysFilter(range, span), ...filter };
  const { date, seq } = place;
  const before = { seq: { $lt: seq } };
  if (isLarge) return { ...toDaysFilter(range, span), ...filter, date, ...before };
  const days = toDaysFilter(range, { from: span.from, to: date });
  return { ...days, ...filter, $or: [{ date: { $lt: date } }, before] };
}

/** The place after the bucket of the range's `after`, if the span ends there. */
function toPlaceOfCursor({ after }: EventRange, { to }: Span): Place | undefined {
  if (after?.date.getTime() !== to.getTime()) return undefined;
  return { date: toDay(to), seq: after.seq + 1 };
}

/** Finds the bucket that begins last before the end of the span, on its last day. */
async function findNearest(
  finder: Finder,
  range: EventRange,
  { to }: Span,
): Promise<BucketPart | undefined> {
  const day = toDaySpan(to);
  const filter = { ...toDaysFilter(range, day), first: { $gte: day.from, $lte: to } };
  const sort = { first: -1, seq: -1 } as const;
  const [nearest] = await finder.find({ filter, sort, limit: 1, byFirst: true });
  return nearest;
}

/** Finds the buckets from the place on, of its day, that have events of the span. */
const findLate = (
  finder: Finder,
  range: EventRange,
  { from, to }: Span,
  { date, seq }: Place,
): Promise<BucketPart[]> =>
  finder.find({
    filter: {
      ...toDaysFilter(range, toDaySpan(date)),
      first: { $gte: date, $lte: to },
      seq: { $gte: seq },
      last: { $gte: from },
    },
    sort: { first: -1, seq: -1 },
    byFirst: true,
  });
