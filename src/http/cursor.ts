import { hash } from 'node:crypto';

type Place = (string | number)[];

/**
 * Where the next page of a query begins, as text for the client to send back.
 * @param place parts without a blank
 * @param query what the cursor is good for; a cursor of another query is refused
 */
export const toCursor = (place: Place, query: object): string =>
  Buffer.from([toDigest(query), ...place].join(' ')).toString('base64url');

/** The parts of the place; undefined for a cursor of another query, or of nobody. */
export const fromCursor = (cursor: string, query: object): string[] | undefined => {
  const [digest, ...place] = Buffer.from(cursor, 'base64url').toString().split(' ');
  return digest === toDigest(query) ? place : undefined;
};

// Against mistakes, not against attacks: a forged cursor reads what its sender may read anyway.
const toDigest = (query: object): string =>
  hash('sha256', JSON.stringify(query), 'base64url').slice(0, 8);
