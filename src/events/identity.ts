import type { BucketEvent } from './bucket.ts';
import { fromStoredValue } from './stored-value.ts';

/**
 * Distinguishes an event from the others of its key, as text: by its id or, if it has none, by its instant
 * and value. An event with an id never equals one without, so the order of arrival does not matter.
 */
export const toIdentity = (event: BucketEvent): string =>
  event.id === undefined
    ? `${event.date.getTime()} ${toCanonicalJson(fromStoredValue(event))}`
    : `id ${event.id}`;

/** Writes equal values alike: `-0` as `0`, and the keys of objects in order. */
const toCanonicalJson = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value, sortKeys) : JSON.stringify(value);

const sortKeys = (_: string, item: unknown): unknown =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : item;
