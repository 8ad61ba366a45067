import type { MediaType } from '../contract.ts';
import { representations } from '../http/representation.ts';

/** Text, or parts of a text that is still being made; an iterable that throws has failed before its end. */
export type ReplyBody = string | AsyncIterable<string>;

/** `body` is empty if, and only if, there is no `Content-Type`. */
export type RouterReply = { status: number; headers: Record<string, string>; body: ReplyBody };

/** A handler's reply, or a problem, before it is written. */
export type Outcome = {
  status: number;
  headers?: Record<string, string> | undefined;
  body?: unknown;
  mediaType?: MediaType;
};

/** The headers that announce an operation's end (RFC 9745, RFC 8594). */
export type Notice = { Deprecation: string; Sunset: string; Link: string };

/** Writes an outcome; problems get the request's id. */
export const toReply = (
  outcome: Outcome,
  requestId: string,
  notice: Notice | undefined,
): RouterReply => {
  const { status, body, mediaType = 'application/json' } = outcome;
  const headers = withNotice(outcome.headers ?? {}, notice);
  if (status >= 400) {
    const type = { 'Content-Type': 'application/problem+json' };
    const text = JSON.stringify({ ...(body as object), requestId });
    return { status, headers: { ...type, ...headers }, body: text };
  }
  if (body === undefined) return { status, headers, body: '' };
  const { contentType, toText } = representations[mediaType];
  return {
    status,
    headers: { 'Content-Type': contentType, ...headers },
    body: isAsyncIterable(body) ? body : toText(body),
  };
};

const isAsyncIterable = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Every reply of a deprecated operation says since when it is deprecated, and when it ends. */
function withNotice(
  headers: Record<string, string>,
  notice: Notice | undefined,
): Record<string, string> {
  if (!notice) return headers;
  // One header carries all links (RFC 8288, section 3).
  const Link = headers.Link ? `${headers.Link}, ${notice.Link}` : notice.Link;
  return { ...headers, ...notice, Link };
}
