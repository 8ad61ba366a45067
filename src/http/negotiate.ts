import Negotiator from 'negotiator';
import type { MediaType } from '../contract.ts';

/**
 * Negotiates the media type (RFC 9110, section 12.5.1). If the client accepts none, it gets the first one that it
 * does not refuse by name (section 12.4.1).
 */
export const negotiate = (accept: string | undefined, available: MediaType[]): MediaType => {
  const [first = 'application/json', ...others] = available;
  if (accept === undefined || others.length === 0) return first;
  const only = available.find((mediaType) => mediaType === accept);
  if (only) return only;
  const ranges = `${accept.replaceAll(PARAMETER, '')}, ${LAST_CHOICE}`;
  const favourite = new Negotiator({ headers: { accept: ranges } }).mediaType(available);
  return (favourite as MediaType | undefined) ?? first;
};

const LAST_CHOICE = '*/*;q=0.001';

// Any but the weight, such as `; charset=utf-8`: each type is written in one way only.
const PARAMETER = /;\s*(?!q\s*=)[^\s;,="]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*)/gi;
