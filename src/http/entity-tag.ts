import { hash } from 'node:crypto';
import type { PageVersion } from '../events/read/page-version.ts';

/**
 * The weak entity tag of a page, or of another reply that has a version (RFC 9110, section 8.8.3). Weak, since
 * proxies that compress a response keep a weak tag, or append `-gzip` to it, and drop a strong one.
 */
export const toEntityTag = (query: object, version: PageVersion): string => {
  const { buckets, isLast, digest } = version;
  return `W/"${buckets.toString(36)}${isLast ? '.' : '-'}${digest}${toSalt(query)}"`;
};

// A client sends one tag, or a few; each costs a look at the database.
const MAX_TAGS = 3;
const TAG = /"([0-9a-z]{1,4})([.-])([\w-]{22})([\w-]{8})(?:[-;](?:gzip|br|deflate|zstd))?"/g;

/** The versions in an If-None-Match (section 13.1.2) that may be of this query. */
export const fromEntityTags = (header: string, query: object): PageVersion[] => {
  if (header === '') return [];
  const salt = toSalt(query);
  return [...header.matchAll(TAG)]
    .filter(([, , , , own]) => own === salt)
    .slice(0, MAX_TAGS)
    .map(([, buckets = '', end, digest = '']) => ({
      buckets: Number.parseInt(buckets, 36),
      isLast: end === '.',
      digest,
    }));
};

/** Whether an If-None-Match holds the tag, or `*`. */
export const matches = (header: string, tag: string): boolean => {
  if (header.trim() === '*') return true;
  const opaque = tag.slice('W/"'.length, -1);
  return [...header.matchAll(TAG)].some(
    ([, buckets, end, digest, salt]) => `${buckets}${end}${digest}${salt}` === opaque,
  );
};

/** Keeps a tag from matching another query that happens to be made of the same buckets. */
const toSalt = (query: object): string =>
  hash('sha256', JSON.stringify(query), 'base64url').slice(0, 8);
