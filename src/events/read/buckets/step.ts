import type { EventRange } from '../event-range.ts';
import type { BucketPart } from './bucket-run.ts';
import type { BucketQuery } from './finder.ts';
import type { Span } from './span.ts';
import { toDaysFilter } from './span.ts';

/** What was read at once, oldest first. */
export type Step = {
  /** Buckets that begin before the place that was reached. */
  begun: BucketPart[];
  /** Those after it. */
  found: BucketPart[];
  /** The first bucket that was not read, if it was looked up. */
  next?: BucketPart;
  /** Where to go on; undefined if no bucket is to come. */
  reached?: Place;
};

/** The buckets to come are those that begin at `first` with a higher `seq`, or later. */
export type Place = Pick<BucketPart, 'date' | 'first' | 'seq'>;

export const BY_FIRST = { first: 1, seq: 1 } as const;

/** Asks for the buckets that begin in the span, after the place. */
export const toQueryAfter = (range: EventRange, span: Span, place?: Place): BucketQuery => ({
  filter: {
    ...toDaysFilter(range, span),
    first: { $gte: place?.first ?? span.from, $lte: span.to },
    ...(place && { $or: [{ first: { $gt: place.first } }, { seq: { $gt: place.seq } }] }),
  },
  sort: BY_FIRST,
  byFirst: true,
});

/** A step of which so many buckets were asked for: with fewer found, no bucket is to come. */
export const toStepOf = (size: number, begun: BucketPart[], found: BucketPart[]): Step => {
  const reached = found.length === size && found.at(-1);
  return toStep(begun, found, reached ? { reached } : {});
};

/** A step of buckets of which some may have been read twice. */
export const toStep = (
  begun: BucketPart[],
  found: BucketPart[],
  more: Omit<Step, 'begun' | 'found'>,
): Step => ({
  begun: begun.filter(({ _id }) => !found.some((each) => each._id.equals(_id))),
  found,
  ...more,
});
