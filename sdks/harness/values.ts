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

/** An event type with characters that URLs must escape, starting with a blank. */
export const TYPE = ' température °C/50% & more+';

/** The date of the first event, in milliseconds since 1970. */
export const START = Date.parse('2026-05-05T17:00:00.250Z');

export const toInstant = (second: number): string => new Date(START + second * 1_000).toISOString();
