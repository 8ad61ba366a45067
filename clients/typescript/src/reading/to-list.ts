import { ConnectionError } from '../connection-error.ts';

/** Returns the items of a response. Any other JSON did not come from the API, whatever its status. */
export const toList = <Item>(body: unknown, length?: number): Item[] => {
  if (Array.isArray(body) && (length === undefined || body.length === length)) return body;
  throw new ConnectionError('The response did not come from the API: it is not the expected list');
};
