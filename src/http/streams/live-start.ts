import type { Input, InvalidField } from '../../contract.ts';
import type { LivePlace, LiveQuery } from '../../events/live/live-place.ts';
import { fromPlaceParts, MARGIN_MS, toPlaceParts } from '../../events/live/live-place.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { CursorQuery } from '../cursor.ts';
import { fromCursor, toCursor } from '../cursor.ts';

/** What to stream, and the place to go on from; undefined if the stream begins now. */
export type LiveStart = { live: LiveQuery; place: LivePlace | undefined };

/** Parses the query of a live stream; returns the parameter at fault. */
export const toLiveStart = (
  { query, headers }: Pick<Input<'streamEvents'>, 'query' | 'headers'>,
  now: number,
): LiveStart | InvalidField[] => {
  const inHeader = headers['Last-Event-ID'];
  const id = inHeader ?? query.after;
  const eventTypes = [...new Set(query.eventType)].sort();
  const live = { deviceID: toDeviceKey(query.deviceID), eventTypes };
  if (id === undefined) return { live, place: undefined };
  const parameter = inHeader === undefined ? 'after' : 'Last-Event-ID';
  const place = fromPlaceParts(fromCursor(id, toCursorQuery(live)) ?? [], eventTypes);
  if (!place || place.seen > now + MARGIN_MS) {
    const detail = 'must be the id of an event of this stream';
    return [{ code: 'invalid-cursor', parameter, detail }];
  }
  if (now - place.seen <= MAX_AGE_MS) return { live, place };
  const detail = 'is too old to go on from: begin anew, and export what is missing';
  return [{ code: 'too-old', parameter, detail }];
};

/** The `id` of a server-sent event. */
export const toEventId = (live: LiveQuery, place: LivePlace): string =>
  toCursor(toPlaceParts(place, live.eventTypes), toCursorQuery(live));

// More than the contract promises.
const MAX_AGE_MS = 72 * 3_600_000;

const toCursorQuery = ({ deviceID, eventTypes }: LiveQuery): CursorQuery => [
  'streamEvents',
  deviceID,
  ...eventTypes,
];
