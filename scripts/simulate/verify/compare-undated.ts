import type { Finding } from '../ledger/finding.ts';
import { toFinding } from '../ledger/finding.ts';
import type { LedgerEvent } from '../ledger/ledger.ts';
import { isAcknowledged, toMaxCopies } from '../ledger/ledger.ts';
import type { Stored } from './read-stream.ts';

/** Stored events that are not matched yet, by instant and value. */
export type Found = Map<string, Stored[]>;

// Covers the difference between the clocks, and the duration of a request.
const TOLERANCE_MS = 10_000;

/**
 * Compares events without a clock. The service dates them, and the reply with the date may be lost; so they are
 * matched by their values, which are unique. Matched events are removed from `found`.
 */
export const compareUndated = (events: LedgerEvent[], found: Found): Finding[] => {
  const datesOf = new Map<string, { key: string; date: number; count: number }[]>();
  for (const [key, stored] of found) {
    const [first] = stored;
    if (!first) continue;
    const entry = { key, date: first.date, count: stored.length };
    datesOf.set(first.canonical, [...(datesOf.get(first.canonical) ?? []), entry]);
  }
  return events.flatMap((event) => {
    const places = (datesOf.get(event.canonical) ?? []).filter(({ date }) => isLikely(date, event));
    for (const { key } of places) found.delete(key);
    return judgePlaces(event, places);
  });
};

const isLikely = (date: number, { firstSentAt, lastHeardAt }: LedgerEvent): boolean =>
  firstSentAt !== undefined &&
  date > firstSentAt - TOLERANCE_MS &&
  date < lastHeardAt + TOLERANCE_MS;

function judgePlaces(event: LedgerEvent, places: { date: number; count: number }[]): Finding[] {
  const count = places.reduce((sum, place) => sum + place.count, 0);
  const missing = event.created.filter((stamp) => !places.some(({ date }) => date === stamp));
  if (missing.length > 0 || (count === 0 && isAcknowledged(event))) {
    const stamps = missing.map((stamp) => new Date(stamp).toISOString()).join(', ');
    return [toFinding('lost', `acknowledged ${stamps && `with ${stamps} `}and not stored`, event)];
  }
  return count > toMaxCopies(event) ? [toFinding('doubled', `stored ${count} times`, event)] : [];
}
