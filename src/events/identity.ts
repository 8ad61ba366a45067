import type { BucketEvent } from './bucket.ts';
import { fromStoredValue } from './stored-value.ts';

/**
 * What tells an event from the others of its key, as text: its own id, else its instant and value. One
 * with an id is never the same event as one without, so that the order of arrival does not matter.
 */
export const toIdentity = (event: BucketEvent): string =>
  event.id === undefined
    ? `${event.date.getTime()} ${toCanonicalJson(fromStoredValue(event))}`
    : `id ${event.id}`;

/** JSON has one zero, and no order of keys. */
const toCanonicalJson = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value, sortKeys) : JSON.stringify(value);

const sortKeys = (_: string, item: unknown): unknown =>
  typeof item === 'object' && item !== null && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : item;
