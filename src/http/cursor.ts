import type { Position } from '../events/read/position.ts';

/** Writes a position as a cursor; stays valid while events are added, since stored events never move. */
export const toCursor = ({ date, seq, index }: Position): string =>
  Buffer.from([date.getTime(), seq, index].map((part) => part.toString(36)).join('.')).toString(
    'base64url',
  );

/** Reads a cursor; undefined if `toCursor` cannot have made it. */
export const fromCursor = (cursor: string): Position | undefined => {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, time, seq, index] = /^(-?[0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]+)$/.exec(text) ?? [];
  if (time === undefined || seq === undefined || index === undefined) return undefined;
  const date = new Date(Number.parseInt(time, 36));
  if (Number.isNaN(date.getTime())) return undefined;
  return { date, seq: Number.parseInt(seq, 36), index: Number.parseInt(index, 36) };
};
