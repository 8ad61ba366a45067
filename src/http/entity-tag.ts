import { hash } from 'node:crypto';
import type { EventRange } from '../events/read/event-range.ts';
import type { PageVersion } from '../events/read/page-version.ts';

/** The page that a client asks for, and the media type to answer in. */
export type PageRequest = { range: EventRange; mediaType: string };

/** Creates the strong entity tag of a page (RFC 9110, section 8.8.3). */
export const toEntityTag = (request: PageRequest, version: PageVersion): string => {
  const { buckets, isLast, digest } = version;
  return `"${buckets.toString(36)}${isLast ? '.' : '-'}${digest}${toSalt(request)}"`;
};

// Each costs a query, and clients send one or a few.
const MAX_TAGS = 3;
const TAG = /"([0-9a-z]{1,4})([.-])([\w-]{22})([\w-]{8})"/g;

/** Reads the entity tags of an If-None-Match (section 13.1.2) that belong to this request. */
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

/** Whether an If-None-Match matches the tag. */
export const matches = (header: string, tag: string): boolean =>
  header.trim() === '*' || header.includes(tag);

/** Distinguishes pages that are made of the same buckets. */
const toSalt = (request: PageRequest): string =>
  hash('sha256', JSON.stringify(request), 'base64url').slice(0, 8);
