import fc from 'fast-check';

/** Names that mean something to MongoDB, to its driver, to BSON or to JavaScript. */
export const hostileNames: string[] = [
  ...['$where', '$gt', '$ne', '$set', '$unset', '$expr', '$function', '$regex', '$in', '$$ROOT'],
  ...['$ref', '$id', '$db', '$oid', '$date', '$numberLong', '$binary', '$last', '$$event'],
  ...['_id', '_bsontype', 'a.b', '.', '', 'events.0', 'events.$[]', 'count', 'seq', 'json', 'date'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON', 'toBSON', 'length'],
  ...['0', '-1', 'a\0b', '\0', 'half \ud800', '\udc00', 'deviceID', 'eventType', '$events', '🔑'],
];

/** What a spreadsheet, a shell, SQL, a template, a browser or a path could take for more than text. */
const hostileValues: string[] = [
  ...['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', 'a,"b"', "'=1", '\r\n'],
  ...["' OR 1=1 --", '; return true', '#{7*7}', '{{7*7}}', '$(id)', '<script>', '../../etc/passwd'],
  ...[
    'null',
    'undefined',
    'NaN',
    '[object Object]',
    'true',
    '0',
    '-0',
    '1e400',
    '\u2028',
    '\ufeff',
  ],
  ...['%00', '%', '%zz', '%E0%A4%A', '\ud800', 'x\udfff', '\ufffd', 'İ', 'ß', 'a\u0301', '\u202e'],
  ...['2026-02-31', '0000-01-01', '+275760-09-13T00:00:00Z', '2026-05-05T23:59:60Z', 'P1D', 'asc'],
  ...['8f188304-e7b3-4a16-a243-b9470468478a', '8F188304-E7B3-4A16-A243-B9470468478A', ' ', '"*"'],
];

/** Text of any kind, and often of the kind that does harm somewhere. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...hostileNames), weight: 3 },
  { arbitrary: fc.constantFrom(...hostileValues), weight: 3 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 2 },
  { arbitrary: fc.string({ maxLength: 40 }), weight: 2 },
  // Halves of surrogate pairs among others.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .tuple(
      fc.constantFrom('x', '$', '[', '🌡', '\\', '"'),
      fc.constantFrom(64, 65, 128, 129, 1_024, 5_000),
    )
    .map(([unit, times]) => unit.repeat(times)),
);
