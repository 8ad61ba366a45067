import type { MediaType } from '../contract.ts';
import { toJsonText } from '../http/to-json-text.ts';

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

/** The request that a reply belongs to, and its operation if there is one. */
type Answered = {
  request: { requestId: string };
  route?: { method: string; notice: Notice | undefined } | undefined;
};

/** Writes an outcome; problems get the request's id. */
export const toReply = (outcome: Outcome, { request, route }: Answered): RouterReply => {
  const { status, body, mediaType = 'application/json' } = outcome;
  const isRead = route?.method === 'GET' && status < 400;
  const defaults = isRead ? READ_HEADERS : WRITE_HEADERS;
  const headers = withNotice({ ...defaults, ...outcome.headers }, route?.notice);
  if (status >= 400) {
    const type = { 'Content-Type': 'application/problem+json' };
    const text = toJsonText({ ...(body as object), requestId: request.requestId });
    return { status, headers: { ...type, ...headers }, body: text };
  }
  if (body === undefined) return { status, headers, body: '' };
  return {
    status,
    headers: { 'Content-Type': contentTypes[mediaType], ...headers },
    // JSON is written here; handlers write other media types themselves.
    body: mediaType === 'application/json' ? toJsonText(body) : (body as ReplyBody),
  };
};

// Clients may keep a reply, and ask each time whether it still holds (RFC 9111, section 5.2.2.4).
const READ_HEADERS = { 'Cache-Control': 'private, no-cache', Vary: 'Accept, Accept-Encoding' };
const WRITE_HEADERS = { 'Cache-Control': 'no-store' };

const contentTypes: Record<MediaType, string> = {
  'application/json': 'application/json',
  'application/x-ndjson': 'application/x-ndjson',
  'text/event-stream': 'text/event-stream',
  'text/csv': 'text/csv; charset=utf-8; header=present',
};

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
