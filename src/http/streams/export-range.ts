import type { Input, InvalidField } from '../../contract.ts';
import type { EventRange } from '../../events/read/event-range.ts';
import type { Position } from '../../events/read/position.ts';
import type { CursorQuery } from '../cursor.ts';
import { fromCursor, toCursor } from '../cursor.ts';
import { invalidCursor, toEventRange, toNextCursor, toPlace, toPosition } from '../event-query.ts';

type Query = Input<'exportEvents'>['query'];

/** Which events to export: of one type, or of all types of a device, one type after the other. */
export type ExportRange = {
  /** Of each type, whose name is left empty. */
  range: EventRange;
  eventType: string | undefined;
  /** Where the part before ended. */
  after?: { eventType: string; position: Position };
  /** The cursor of a part that ends here. */
  toCursor(eventType: string, position: Position): string;
};

/** Parses the query of an export; returns the parameters at fault. */
export const toExportRange = (query: Query): ExportRange | InvalidField[] => {
  const { cursor, eventType, ...rest } = query;
  const whole = { ...rest, eventType: eventType ?? '', order: 'asc' } as const;
  const range = toEventRange(
    'exportEvents',
    eventType === undefined ? whole : { ...whole, ...cursorOf(cursor) },
  );
  if (Array.isArray(range)) return range;
  const { after, ...unread } = range;
  if (eventType !== undefined) {
    return {
      range: unread,
      eventType,
      ...(after && { after: { eventType, position: after } }),
      toCursor: (_, position) => toNextCursor('exportEvents', whole, position).nextCursor ?? '',
    };
  }
  const of: CursorQuery = ['exportEvents', range.deviceID, null, range.from, range.to];
  const own = {
    range: unread,
    eventType,
    toCursor: (type: string, position: Position) => toCursor([type, ...toPlace(position)], of),
  };
  if (cursor === undefined) return own;
  const [type = '', ...place] = fromCursor(cursor, of) ?? [];
  const position = toPosition(place);
  return position ? { ...own, after: { eventType: type, position } } : [invalidCursor];
};

const cursorOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });
