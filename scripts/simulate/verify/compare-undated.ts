import type { Finding } from '../ledger/finding.ts';
import { toFinding } from '../ledger/finding.ts';
import type { LedgerEvent } from '../ledger/ledger.ts';
import { isAcknowledged, toMaxCopies } from '../ledger/ledger.ts';
import type { Stored } from './read-stream.ts';

/** What is there and not accounted for yet, by instant and value. */
export type Found = Map<string, Stored[]>;

// Between the clock here and the service's, and what a request takes.
const TOLERANCE_MS = 10_000;

/**
 * Events without a clock: the service dates them, and only a reply that was not lost tells the date. So they
 * go by their values, which are unique. What is found is taken out of `found`.
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
    return [toFinding('lost', `acknowledged ${stamps && `with ${stamps} `}and not there`, event)];
  }
  return count > toMaxCopies(event) ? [toFinding('doubled', `there ${count} times`, event)] : [];
}
