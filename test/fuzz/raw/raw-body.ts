import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hostileText } from '../hostile/hostile-text.ts';
import { DEVICE } from './raw-target.ts';

/** A body of text, or of megabytes of something, which the counterexample does not have. */
export type RawBody = {
  framing: 'none' | 'length' | 'chunked';
  coding: keyof typeof CODINGS;
  megabytes: number;
  text: string;
};

const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2));
const CODINGS = {
  none: (bytes: Buffer) => bytes,
  gzip: (bytes: Buffer) => gzipSync(bytes),
  deflate: (bytes: Buffer) => deflateSync(bytes),
  'half a gzip': (bytes: Buffer) => cut(gzipSync(bytes)),
  'gzip twice': (bytes: Buffer) => gzipSync(gzipSync(bytes)),
  'gzip and more': (bytes: Buffer) => Buffer.concat([gzipSync(bytes), gzipSync('1'), bytes]),
} as const;

const event = (fields: object): object => ({
  date: '2026-05-05T17:19:35Z',
  deviceID: DEVICE,
  eventType: 'temp',
  ...fields,
});
const toEvents = (values: unknown[]): object[] => values.map((value) => event({ value }));
const text = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(event({ value }))),
  fc
    .tuple(hostileText, fc.jsonValue())
    .map((field) => JSON.stringify(event(Object.fromEntries([field])))),
  fc.array(fc.jsonValue()).map((values) => JSON.stringify({ events: toEvents(values) })),
  fc.json(),
  hostileText,
);

export const rawBody: fc.Arbitrary<RawBody> = fc.record({
  framing: fc.constantFrom('none', 'length', 'chunked'),
  coding: fc.oneof(
    { arbitrary: fc.constant<RawBody['coding']>('none'), weight: 4 },
    fc.constantFrom(...(Object.keys(CODINGS) as RawBody['coding'][])),
  ),
  megabytes: fc.oneof({ arbitrary: fc.constant(0), weight: 50 }, fc.constantFrom(1, 5, 7, 11, 40)),
  text: fc.oneof(
    { arbitrary: text, weight: 9 },
    fc.constantFrom('0', '[', '{"a":', '"', '\\u0000'),
  ),
});

/** The header lines that a body needs, and its bytes as they go over the line. */
export const toFramed = (body: RawBody): { lines: string[]; bytes: Buffer } => {
  const { framing, coding, megabytes, text: unit } = body;
  if (framing === 'none') return { lines: [], bytes: Buffer.alloc(0) };
  const plain = megabytes > 0 ? Buffer.alloc(megabytes * 1_000_000, unit) : Buffer.from(unit);
  const bytes = CODINGS[coding](plain);
  const name = coding === 'deflate' ? 'deflate' : 'gzip';
  const encoding = coding === 'none' ? [] : [`Content-Encoding: ${name}`];
  if (framing === 'length') {
    return { lines: [...encoding, `Content-Length: ${bytes.length}`], bytes };
  }
  return { lines: [...encoding, 'Transfer-Encoding: chunked'], bytes: toChunks(bytes) };
};

function toChunks(bytes: Buffer): Buffer {
  const size = Math.ceil(bytes.length / 3) || 1;
  const parts: (Buffer | string)[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    parts.push(`${chunk.length.toString(16)};x=1\r\n`, chunk, '\r\n');
  }
  return Buffer.concat([...parts, '0\r\n\r\n'].map((part) => Buffer.from(part)));
}
