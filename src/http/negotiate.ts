import Negotiator from 'negotiator';
import type { MediaType } from '../contract.ts';

/** Negotiates the media type (RFC 9110, section 12.5.1); the first if the client accepts none. */
export const negotiate = (accept: string | undefined, available: MediaType[]): MediaType => {
  const [first = 'application/json', ...others] = available;
  if (accept === undefined || others.length === 0) return first;
  const only = available.find((mediaType) => mediaType === accept);
  if (only) return only;
  const favourite = new Negotiator({ headers: { accept } }).mediaType(available);
  return (favourite as MediaType | undefined) ?? first;
};
