import type { MediaType } from '../contract.ts';
import { representations } from '../http/representation.ts';

/** `body` is text, with its `Content-Type`, or empty without one. */
export type RouterReply = { status: number; headers: Record<string, string>; body: string };

/** What a handler says, and how it is to be written. */
export type Outcome = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  mediaType?: MediaType;
};

/** Writes an outcome; a problem names the request. */
export const toReply = (outcome: Outcome, requestId: string): RouterReply => {
  const { status, headers = {}, body, mediaType = 'application/json' } = outcome;
  if (status >= 400) {
    const type = { 'Content-Type': 'application/problem+json' };
    const text = JSON.stringify({ ...(body as object), requestId });
    return { status, headers: { ...type, ...headers }, body: text };
  }
  if (body === undefined) return { status, headers, body: '' };
  const { contentType, toText } = representations[mediaType];
  return { status, headers: { 'Content-Type': contentType, ...headers }, body: toText(body) };
};
