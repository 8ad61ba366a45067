import fc from 'fast-check';
import type { RawBody } from './raw-body.ts';
import { rawBody, toFramed } from './raw-body.ts';
import { brokenLine, headerLines } from './raw-headers.ts';
import { target } from './raw-target.ts';

export type RawRequest = {
  method: string;
  target: string;
  version: string;
  lines: string[];
  body: RawBody;
  /** Whether HTTP has nothing to say against it: a reply must come then. */
  isHttp: boolean;
};

/** What a client sends over one connection, one request after the other. */
export type Talk = {
  requests: RawRequest[];
  /** How much of it comes at all, and in how many parts. */
  share: number;
  parts: number;
  /** Where a byte is another one. */
  flip: number | undefined;
  end: 'close' | 'reset';
};

const METHODS = ['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'];
const request = fc.record({
  method: fc.oneof(
    { arbitrary: fc.constantFrom('GET', 'POST', 'POST', 'DELETE'), weight: 4 },
    fc.constantFrom(...METHODS),
  ),
  target,
  version: fc.constant('HTTP/1.1'),
  lines: headerLines,
  body: rawBody,
  isHttp: fc.constant(true),
});
type Change = (request: RawRequest) => RawRequest;
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom('get', 'FOO', '', 'CONNECT', 'GET /x', '\0').map(
    (method): Change =>
      (sent) => ({ ...sent, method }),
  ),
  fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1 x', '').map(
    (version): Change =>
      (sent) => ({ ...sent, version }),
  ),
  fc.tuple(brokenLine, fc.nat(5)).map(
    ([line, at]): Change =>
      (sent) => ({ ...sent, lines: sent.lines.toSpliced(at, 0, line) }),
  ),
);
const broken = fc
  .tuple(request, change)
  .map(([sent, apply]) => ({ ...apply(sent), isHttp: false }));
const anyRequest = fc.oneof({ arbitrary: request, weight: 4 }, broken);

export const talk: fc.Arbitrary<Talk> = fc.record({
  requests: fc.oneof(
    { arbitrary: fc.tuple(anyRequest), weight: 4 },
    fc.array(anyRequest, { minLength: 2, maxLength: 4 }),
  ),
  share: fc.oneof(
    { arbitrary: fc.constant(1), weight: 6 },
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  parts: fc.integer({ min: 1, max: 5 }),
  flip: fc.option(fc.nat(), { freq: 9, nil: undefined }),
  end: fc.constantFrom('close', 'reset'),
});

/** Whether all of it must be answered. */
export const isHttp = ({ requests, share, flip }: Talk): boolean =>
  share === 1 && flip === undefined && requests.every((sent) => sent.isHttp);

/** The bytes of it, in parts. */
export const toParts = ({ requests, share, parts, flip }: Talk): Buffer[] => {
  const whole = Buffer.concat(requests.map(toBytes));
  const sent = whole.subarray(0, Math.floor(whole.length * share));
  const at = flip === undefined || sent.length === 0 ? -1 : flip % sent.length;
  if (at >= 0) sent[at] = (sent[at] ?? 0) ^ 0x80;
  const size = Math.ceil(sent.length / parts) || 1;
  return Array.from({ length: parts }, (_, nth) => sent.subarray(nth * size, (nth + 1) * size));
};

function toBytes({ method, target: to, version, lines, body }: RawRequest): Buffer {
  const { lines: ofBody, bytes } = toFramed(body);
  const head = [`${method} ${to} ${version}`, ...lines, ...ofBody, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}
