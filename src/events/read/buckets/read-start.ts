import { toDeviceKey } from '../../../names/device-key.ts';
import { toDay } from '../../to-day.ts';
import type { EventRange } from '../event-range.ts';
import type { BucketPart } from './bucket-run.ts';
import type { Finder } from './finder.ts';
import type { Span } from './span.ts';
import { toDaySpan, toDaysFilter } from './span.ts';
import type { Step } from './step.ts';
import { BY_FIRST, toQueryAfter, toStep, toStepOf } from './step.ts';

/*
 * Where a span begins inside a day, a bucket that begins before that instant has the first events of the span, as a rule.
 * It is the neighbour of the next one, or that of the cursor, or the newest; its `floor` tells that no earlier bucket has
 * any. So the next buckets are looked up first, without their events; then a short page reads one bucket, or two.
 *
 * Late events lie in buckets after that one, which the index finds by their `first`. That query comes after the one for
 * the next buckets: what a late event moves meanwhile has begun, or has no other events before the next bucket. It brings
 * the next buckets with it where they follow that one, as they do unless their numbers and instants disagree.
 */

/** Reads the beginning of a span that begins inside a day. */
export const readStart = async (
  finder: Finder,
  range: EventRange,
  span: Span,
  states?: Finder,
): Promise<Step> => {
  const day = toDay(span.from);
  const size = finder.size();
  const { filter, ...query } = toQueryAfter(range, span);
  // Beyond the end of the span, too, to know the neighbour.
  const all = { ...filter, first: { $gte: span.from } };
  const ahead = await (states ?? finder).find({ filter: all, ...query, limit: size });
  const [neighbour] = ahead.filter(({ date }) => date.getTime() === day.getTime());
  const inside = ahead.filter(({ first }) => first <= span.to);
  const wanted = states ? size - 1 : size;
  const isEnough = states && isLikelyEnough(neighbour, span, range.limit);
  const chosen = inside.slice(0, isEnough ? 0 : wanted);
  const seq = toLikelySeq(range, span, neighbour);
  const upTo = states && isOneRange(chosen, day, seq) ? chosen.at(-1)?.first : undefined;
  const [near, those] = await Promise.all([
    findNear(finder, range, span, { ahead, seq, upTo }),
    states && !upTo ? findThese(finder, range, chosen) : chosen,
  ]);
  if (!near) return await readAnyStart(finder, range, span, states);
  const begun = upTo ? near.filter(({ first }) => first < span.from) : near;
  const found = upTo ? inOrderOf(chosen, near) : those;
  const next = inside[chosen.length];
  const reached = chosen.at(-1) ?? { date: day, first: span.from, seq: -1 };
  const isEnd = !next && inside.length < size;
  return toStep(begun, found, { ...(next && { next }), ...(!isEnd && { reached }) });
};

/** Whether more events than the limit lie between the instant and this bucket, if they came as often as those in it. */
function isLikelyEnough(bucket: BucketPart | undefined, { from }: Span, limit: number): boolean {
  if (!bucket?.floor || bucket.floor < from || bucket.first <= from) return false;
  const { count, first, last, floor } = bucket;
  const period = last.getTime() - first.getTime();
  return (floor.getTime() - from.getTime()) * count > limit * period;
}

/** Whether one query finds these buckets beside those that begin before the span. */
function isOneRange(chosen: BucketPart[], day: Date, from: number | undefined): boolean {
  return (
    from !== undefined &&
    chosen.every(({ date, seq }) => date.getTime() === day.getTime() && seq >= from)
  );
}

/**
 * Finds the buckets that begin before the span, and end in it or after it, in the order of `first`, and those that
 * begin up to an instant in it; undefined if there may be others before the span.
 */
async function findNear(
  finder: Finder,
  range: EventRange,
  span: Span,
  { ahead, seq, upTo }: { ahead: BucketPart[]; seq: number | undefined; upTo: Date | undefined },
): Promise<BucketPart[] | undefined> {
  const day = toDay(span.from);
  if (seq === undefined) {
    const filter = toDaysFilter(range, { from: day, to: day });
    const [newest] = await finder.find({ filter, sort: { date: -1, seq: -1 }, limit: 1 });
    if (newest && !isFirst(newest, span)) return undefined;
    return newest && newest.last >= span.from ? [newest] : [];
  }
  const near = await findLate(finder, range, span, { seq, upTo });
  const known = [...near, ...ahead].find(
    (bucket) => bucket.seq === seq && bucket.date.getTime() === day.getTime(),
  );
  return known && isFirst(known, span) ? near : undefined;
}

/** The number of the first bucket of its day that has events of the span, as a rule; undefined for the newest one. */
function toLikelySeq(
  { after }: EventRange,
  span: Span,
  neighbour: BucketPart | undefined,
): number | undefined {
  if (after?.date.getTime() === span.from.getTime()) return after.seq;
  if (!neighbour) return undefined;
  return isFirst(neighbour, span) ? neighbour.seq : neighbour.seq - 1;
}

/** Whether no bucket before this one of its day has events of the span. */
const isFirst = ({ floor }: BucketPart, { from }: Span): boolean =>
  floor === undefined || floor < from;

/** Reads the beginning of a span by the order of the index alone, which other buckets can be in, too. */
async function readAnyStart(
  finder: Finder,
  range: EventRange,
  span: Span,
  states: Finder = finder,
): Promise<Step> {
  const size = finder.size();
  const [nearest, found] = await Promise.all([
    states.find({
      filter: {
        ...toDaysFilter(range, toDaySpan(span.from)),
        first: beginBefore(span),
        floor: { $not: { $gte: span.from } },
      },
      sort: { first: -1, seq: -1 },
      limit: 1,
      byFirst: true,
    }),
    finder.find({ ...toQueryAfter(range, span), limit: size }),
  ]);
  const begun = await findLate(finder, range, span, { seq: nearest[0]?.seq ?? 0 });
  return toStepOf(size, begun, found);
}

/** Reads buckets whose states are known, in this order. */
async function findThese(
  finder: Finder,
  { deviceID, eventType }: EventRange,
  known: BucketPart[],
): Promise<BucketPart[]> {
  if (known.length === 0) return [];
  const ids = known.map(({ _id }) => _id);
  const filter = { deviceID: toDeviceKey(deviceID), eventType, _id: { $in: ids } };
  const found = await finder.find({ filter, sort: BY_FIRST });
  return inOrderOf(known, found);
}

/** Returns what was read of each of these buckets, in their order. */
const inOrderOf = (known: BucketPart[], found: BucketPart[]): BucketPart[] =>
  known.flatMap(({ _id }) => found.find((each) => each._id.equals(_id)) ?? []);

/** Matches `first` of the buckets of the span's first day that begin before the span. */
const beginBefore = ({ from }: Span) => ({ $gte: toDay(from), $lt: from });

/**
 * Finds the buckets from the number on that begin before the span, and end in it or after it; and those that begin up
 * to an instant in it.
 */
const findLate = (
  finder: Finder,
  range: EventRange,
  span: Span,
  { seq, upTo }: { seq: number; upTo?: Date | undefined },
): Promise<BucketPart[]> =>
  finder.find({
    filter: {
      ...toDaysFilter(range, toDaySpan(span.from)),
      first: upTo ? { $gte: toDay(span.from), $lte: upTo } : beginBefore(span),
      seq: { $gte: seq },
      last: { $gte: span.from },
    },
    sort: BY_FIRST,
    byFirst: true,
  });
