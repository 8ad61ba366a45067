import { ConnectionError } from '../connection-error.ts';

/** The items of a reply; some other JSON than a list is not the API's, whatever its status. */
export const toList = <Item>(body: unknown, length?: number): Item[] => {
  if (Array.isArray(body) && (length === undefined || body.length === length)) return body;
  throw new ConnectionError('The reply is none of the API: it is not the list that was asked for');
};
