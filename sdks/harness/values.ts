/** Values that must pass through an SDK unchanged. */
export const VALUES: unknown[] = [
  3,
  -0.1,
  21.4375,
  1.7976931348623157e308,
  5e-324,
  9007199254740991,
  true,
  false,
  '',
  'Grüße, 温度 🌡️ "quoted" \\ \n 1+1=2 & <b>',
  [],
  {},
  [1, 'two', [3, [4.5]], { five: true }],
  {
    celsius: 21.4,
    'a.b': { $x: 1, __proto: [] },
    sensors: [
      { id: 1, name: 'Küche', readings: [0.1, 0.2, 1e21] },
      { id: 2, name: '🚪', readings: [] },
    ],
  },
];

/** Numbers of 15 digits: as many as a double always keeps, and twice as many as a float does. */
export const FIFTEEN_DIGITS = [
  123456789012345, -0.123456789012345, 21.4567890123456, -98765.4321098765, 1.23456789012345e-20,
];

/** An event type with every kind of character that one may have, of which URLs escape some. */
export const TYPE = 'urn:dev:temp-1.0/celsius_C';

/** The date of the first event, in milliseconds since 1970. */
export const START = Date.parse('2026-05-05T17:00:00.250Z');

export const toInstant = (second: number): string => new Date(START + second * 1_000).toISOString();
