import { hash } from 'node:crypto';
import type { OperationId } from '../contract.ts';

/** What a cursor is good for: the parameters that make the range, and their order. */
export type CursorQuery = [operation: OperationId, ...parameters: unknown[]];

/**
 * Where the next page of a query begins, as text for the client to send back.
 * @param place parts without a blank
 */
export const toCursor = (place: string[], query: CursorQuery): string =>
  Buffer.from([toDigest(query), ...place].join(' ')).toString('base64url');

/** The `nextCursor` of a page that ends at a place; nothing for the last page. */
export const toNextPage = (
  place: string[] | undefined,
  query: CursorQuery,
): { nextCursor?: string } => (place ? { nextCursor: toCursor(place, query) } : {});

/** The parts of the place; undefined for a cursor of another operation or query, or of nobody. */
export const fromCursor = (cursor: string, query: CursorQuery): string[] | undefined => {
  const [, ...place] = Buffer.from(cursor, 'base64url').toString().split(' ');
  return toCursor(place, query) === cursor ? place : undefined;
};

// Against mistakes, not against attacks: a forged cursor reads what its sender may read anyway.
const toDigest = (query: CursorQuery): string =>
  hash('sha256', JSON.stringify(query), 'base64url').slice(0, 8);
