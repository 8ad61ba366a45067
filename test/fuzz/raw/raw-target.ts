import fc from 'fast-check';
import { hostileText } from '../hostile/hostile-text.ts';

export const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';

/** A path of the API. */
export const known = fc.constantFrom(
  '/events',
  '/events/batch',
  '/events/latest',
  '/events/summary',
  '/events/export',
  '/health',
  `/devices/${DEVICE}`,
);
const encoded = hostileText.map((text) => encodeURIComponent(text.toWellFormed()));
/** What HTTP takes in a target, whether or not it is right in a URL. */
const loose = fc.stringMatching(/^[!"$-~]{0,12}$/);

const BAD_SEGMENTS = ['%', '%zz', '%E0%A4%A', '%ed%a0%80', '%00', '%2F', '%2e%2e', '..', '.', ''];
const segment = fc.oneof(
  encoded,
  loose.map((text) => text.replaceAll('?', '')),
  fc.constantFrom(...BAD_SEGMENTS, 'EVENTS', 'x'.repeat(9_000)),
);
const path = fc.oneof(
  { arbitrary: known, weight: 6 },
  { arbitrary: segment.map((text) => `/devices/${text}`), weight: 3 },
  fc.tuple(known, fc.constantFrom('/', '//', '/.', '/..', '/x')).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('/', '//', '/..', 'http://other'), known).map((parts) => parts.join('')),
  fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
  fc.constantFrom('*', '/events/../docs', '/docsx', '/%65vents'),
);

const NAMES = [
  'deviceID',
  'eventType',
  'date',
  'since',
  'until',
  'order',
  'limit',
  'cursor',
  'interval',
];
const VALUES = [DEVICE, 'temp', '2026-05-05', '2026-05-05T00:00:00Z', 'asc', '10', 'PT1H'];
const name = fc.oneof(fc.constantFrom(...NAMES), encoded, loose);
const value = fc.oneof(fc.constantFrom(...VALUES), encoded, loose);
const pair = fc.oneof(
  fc.tuple(name, value).map((parts) => parts.join('=')),
  // As those write operators whose libraries make objects of them.
  fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom('$ne', '$gt', '', '__proto__'))
    .map(([field, key]) => `${field}[${key}]=1`),
  loose,
);
const VALID = [`deviceID=${DEVICE}`, 'eventType=temp'];
const pairs = fc
  .tuple(
    fc.constantFrom([], VALID, [...VALID, 'date=2026-05-05']),
    fc.array(pair, { maxLength: 4 }),
  )
  .map(([first, more]) => [...first, ...more]);

/** What stands between a request's method and its version. */
export const target: fc.Arbitrary<string> = fc
  .tuple(path, pairs)
  .map(([to, query]) => (query.length > 0 ? `${to}?${query.join('&')}` : to));
