import { ConnectionError } from '../connection-error.ts';
import type { Reply } from '../sending/send-once.ts';
import { parseJson } from './parse-json.ts';

/**
 * Creates a parser of responses that have a list under a name, of a certain length if one is given. Any other
 * response did not come from the API, whatever its status.
 */
export const parseList =
  <Body extends object>(name: keyof Body & string, length?: number) =>
  ({ text }: Reply): Body => {
    const body = Object(parseJson(text));
    const list = body[name];
    if (Array.isArray(list) && (length === undefined || list.length === length)) return body;
    throw new ConnectionError(
      `The response did not come from the API: it does not have the expected ${name}`,
    );
  };
