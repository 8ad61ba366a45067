import { hash } from 'node:crypto';
import type { ObjectId } from 'mongodb';

/*
 * Why a page can be recognised without its events.
 *
 * A page is made of the first buckets of its range, in the order of the index. Events are only ever
 * appended, and a deletion of some counts in `edits`, so `_id`, `count` and `edits` tell everything about a
 * bucket's contents. If the first buckets of the range are still these, with these numbers, the page is the
 * same: an event stored or deleted meanwhile would have changed a number, or opened a bucket.
 *
 * A bucket opened after the page's last one matters only if the page read as far as there were buckets
 * (`isLast`): then there must still be no other. A deletion of all events empties buckets, which are then of no
 * range, and those opened later have another `_id`.
 */

/** What a page's content depends on, of one bucket. */
export type BucketState = { _id: ObjectId; count: number; edits?: number };

/**
 * The state of the buckets that a page was made of. `buckets` is their number; `isLast` is set if one more
 * bucket would change the page; `digest` has 22 characters of base64url.
 */
export type PageVersion = { buckets: number; isLast: boolean; digest: string };

/** What is kept of a bucket that was read: without its events. */
export const toBucketState = ({ _id, count, edits }: BucketState): BucketState => ({
  _id,
  count,
  ...(edits !== undefined && { edits }),
});

export const toPageVersion = (states: BucketState[], isLast: boolean): PageVersion => {
  const text = states
    .map(({ _id, count, edits = 0 }) => `${_id.toHexString()} ${count} ${edits} `)
    .join('');
  const digest = hash('sha256', text, 'base64url').slice(0, 22);
  return { buckets: states.length, isLast, digest };
};

/** @param states of the page's buckets, and of the one after them if there is one */
export const isVersionOf = (states: BucketState[], version: PageVersion): boolean => {
  if (version.isLast && states.length !== version.buckets) return false;
  const { buckets, digest } = toPageVersion(states.slice(0, version.buckets), version.isLast);
  return buckets === version.buckets && digest === version.digest;
};
