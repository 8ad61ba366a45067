import { ConnectionError } from '../connection-error.ts';
import type { EventCount } from '../contract/api-types.ts';
import type { Reply } from '../sending/send-once.ts';
import { parseJson } from './parse-json.ts';

/** Any other response did not come from the API, whatever its status. */
export const parseCount = ({ text }: Reply): EventCount => {
  const body = Object(parseJson(text));
  if (typeof body.count === 'number') return body;
  throw new ConnectionError('The response did not come from the API: it does not have a count');
};
