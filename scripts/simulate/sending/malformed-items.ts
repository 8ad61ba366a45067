/** Items that no service may take, by what is wrong with them; each is JSON, but not an event. */
export const malformedItems: [name: string, toText: ToText][] = [
  ['no event type', ({ eventType: _, ...event }) => JSON.stringify(event)],
  ['a blank event type', (event) => JSON.stringify({ ...event, eventType: ' ' })],
  ['no UUID', (event) => JSON.stringify({ ...event, deviceID: 'sensor-4' })],
  [
    'a date that does not exist',
    (event) => JSON.stringify({ ...event, date: '2026-02-31T12:00:00Z' }),
  ],
  ['an unknown field', (event) => JSON.stringify({ ...event, firmware: '1.4.2' })],
  ['a blank id', (event) => JSON.stringify({ ...event, id: '' })],
  ['more than 16 KiB', (event) => JSON.stringify({ ...event, value: 'malformed'.repeat(2_000) })],
  // JSON.stringify cannot say it: the value is put into the text.
  ['a number beyond a double', (event) => toTextWith(event, '12345678901234567890')],
  ['no object', () => '"malformed"'],
];

type Event = { date: string; deviceID: string; eventType: string; value: string };
type ToText = (event: Event) => string;

const toTextWith = (event: Event, number: string): string =>
  JSON.stringify(event).replace('"malformed"', number);
