/*
 * Where a live stream stands.
 *
 * The order of arrival within a bucket key is the position in its buckets: events are only ever appended, and a
 * deletion leaves places as they are. So a number of the next bucket and event for each key that may get live events
 * says exactly what was seen. Within a type, events of different days are put in order by when they were received.
 */

/** The next event of a bucket key. */
export type KeyPlace = { seq: number; index: number };

/** What a stream watches. */
export type LiveQuery = { deviceID: string; eventTypes: string[] };

export type LivePlace = {
  /** All that was received until then was seen, in milliseconds since 1970. */
  seen: number;
  /** By event type, then by day in milliseconds since 1970; a key that is not there begins at its first event. */
  types: Map<string, Map<number, KeyPlace>>;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How old an event may be when it is received, to be live. */
export const LIVE_MS = 48 * HOUR_MS;
// The contract takes events of clocks that are a day ahead.
const AHEAD_MS = 24 * HOUR_MS;
/** How far the clocks of functions may be apart, and how long a write may be under way. */
export const MARGIN_MS = 10 * 60_000;

/** The days that may get live events, or have such events that were not seen yet. */
export const toDays = ({ seen }: Pick<LivePlace, 'seen'>, now: number): number[] => {
  const first = Math.floor((seen - LIVE_MS - MARGIN_MS) / DAY_MS);
  const last = Math.floor((now + AHEAD_MS + MARGIN_MS) / DAY_MS);
  return Array.from({ length: last - first + 1 }, (_, nth) => (first + nth) * DAY_MS);
};

export const placeOf = ({ types }: LivePlace, eventType: string, day: number): KeyPlace =>
  types.get(eventType)?.get(day) ?? { seq: 0, index: 0 };

export const moveTo = (place: LivePlace, eventType: string, day: number, next: KeyPlace): void => {
  const days = place.types.get(eventType) ?? new Map<number, KeyPlace>();
  place.types.set(eventType, days.set(day, next));
};

/** Says that all that was received until `seen` was seen, and forgets days that get no live events any more. */
export const settle = (place: LivePlace, seen: number): void => {
  place.seen = Math.max(place.seen, seen);
  const [first = 0] = toDays(place, place.seen);
  for (const days of place.types.values()) {
    for (const day of days.keys()) if (day < first) days.delete(day);
  }
};

/** The place as the parts of a cursor, the types in their order. */
export const toPlaceParts = ({ seen, types }: LivePlace, eventTypes: string[]): string[] => {
  const minute = Math.floor(seen / 60_000);
  const parts = eventTypes.map((eventType) =>
    [...(types.get(eventType) ?? [])]
      .map(([day, { seq, index }]) =>
        [day / DAY_MS, seq, index].map((part) => part.toString(36)).join('.'),
      )
      .join('_'),
  );
  // A cursor's parts have no blank, and none is empty.
  return [minute.toString(36), ...parts.map((part) => part || '-')];
};

/** Undefined if the parts are no place of so many types. */
export const fromPlaceParts = (parts: string[], eventTypes: string[]): LivePlace | undefined => {
  const [minute = '', ...days] = parts;
  const seen = Number.parseInt(minute, 36) * 60_000;
  if (!Number.isSafeInteger(seen) || days.length !== eventTypes.length) return undefined;
  const place: LivePlace = { seen, types: new Map() };
  for (const [nth, eventType] of eventTypes.entries()) {
    for (const text of (days[nth] ?? '').split('_')) {
      if (text === '-') continue;
      const [day, seq, index] = text.split('.').map((part) => Number.parseInt(part, 36));
      const isPlace = [day, seq, index].every(
        (part) => Number.isSafeInteger(part) && (part ?? -1) >= 0,
      );
      if (!isPlace) return undefined;
      moveTo(place, eventType, (day ?? 0) * DAY_MS, { seq: seq ?? 0, index: index ?? 0 });
    }
  }
  return place;
};
