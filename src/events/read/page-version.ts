import { hash } from 'node:crypto';
import type { ObjectId } from 'mongodb';

/** As far as a page's content goes, all of a bucket: events are only ever appended. */
export type BucketState = { _id: ObjectId; count: number };

/** Which state of which buckets a page was made of; `isLast` where no others were there to go on with. */
export type PageVersion = { buckets: number; isLast: boolean; digest: string };

export const toPageVersion = (states: BucketState[], isLast: boolean): PageVersion => {
  const text = states.map(({ _id, count }) => `${_id.toHexString()} ${count} `).join('');
  const digest = hash('sha256', text, 'base64url').slice(0, 22);
  return { buckets: states.length, isLast, digest };
};

/** @param states of the page's buckets, and the one after them if there is one */
export const isVersionOf = (states: BucketState[], version: PageVersion): boolean => {
  if (version.isLast && states.length !== version.buckets) return false;
  const { buckets, digest } = toPageVersion(states.slice(0, version.buckets), version.isLast);
  return buckets === version.buckets && digest === version.digest;
};
