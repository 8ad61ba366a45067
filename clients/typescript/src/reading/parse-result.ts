import { ConnectionError } from '../connection-error.ts';
import type { EventResult } from '../contract/api-types.ts';
import type { Reply } from '../sending/send-once.ts';
import { parseJson } from './parse-json.ts';

/** Parses the outcome of one event. A proxy on the way may answer 200 too, but without a `status`. */
export const parseResult = ({ text }: Reply): EventResult => {
  const result = Object(parseJson(text));
  if (typeof result.status === 'string') return result;
  throw new ConnectionError('The response did not come from the API: it has no status');
};
