import { hash } from 'node:crypto';
import type { EventRange } from '../events/read/event-range.ts';
import type { PageVersion } from '../events/read/page-version.ts';

/** A page as a client sees it: what it asked for, and in which media type. */
export type PageRequest = { range: EventRange; mediaType: string };

/** The strong entity tag of a page (RFC 9110, section 8.8.3). */
export const toEntityTag = (request: PageRequest, version: PageVersion): string => {
  const { buckets, isLast, digest } = version;
  return `"${buckets.toString(36)}${isLast ? '.' : '-'}${digest}${toSalt(request)}"`;
};

// A client has one, or a few; each costs a look at the database.
const MAX_TAGS = 3;
const TAG = /"([0-9a-z]{1,4})([.-])([\w-]{22})([\w-]{8})"/g;

/** Those entity tags of an If-None-Match (section 13.1.2) that may be of this very request. */
export const fromEntityTags = (header: string, request: PageRequest): PageVersion[] => {
  if (header === '') return [];
  const salt = toSalt(request);
  return [...header.matchAll(TAG)]
    .filter(([, , , , own]) => own === salt)
    .slice(0, MAX_TAGS)
    .map(([, buckets = '', end, digest = '']) => ({
      buckets: Number.parseInt(buckets, 36),
      isLast: end === '.',
      digest,
    }));
};

/** Whether an If-None-Match has the tag, or any. */
export const matches = (header: string, tag: string): boolean =>
  header.trim() === '*' || header.includes(tag);

/** A tag says nothing of another page, though it be made of the same buckets. */
const toSalt = (request: PageRequest): string =>
  hash('sha256', JSON.stringify(request), 'base64url').slice(0, 8);
