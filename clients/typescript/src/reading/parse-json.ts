import { ConnectionError } from '../connection-error.ts';

/** Parses JSON. Throws a ConnectionError if it is none: the login page of a network has a success status too. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConnectionError('The response did not come from the API: it is not JSON', { cause });
  }
};
