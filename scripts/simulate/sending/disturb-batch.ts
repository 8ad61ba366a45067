import type { Random } from '../device/random.ts';
import type { Traits } from '../device/traits.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Item } from './shipment.ts';
import { formatDate } from './shipment.ts';

type Disturbed = { id: string; traits: Traits; random: Random; tally: Tally };

/** Makes a batch like real ones: out of order, with an event twice, with malformed items of faulty firmware. */
export const disturbBatch = (items: Item[], { id, traits, random, tally }: Disturbed): Item[] => {
  const [first] = items;
  const all = [...items];
  if (first && random.chance(0.15)) all.push(first);
  if (traits.isFaulty && random.chance(0.3)) {
    const event = {
      deviceID: id,
      eventType: 'temp_celsius',
      date: formatDate(Date.now(), 'UTC'),
      value: 'malformed',
    };
    const kinds = random.shuffle(MALFORMED).slice(0, 2);
    all.push(...kinds.map(([, toText]) => ({ text: toText(event) })));
    tally.add('malformed', kinds.length);
  }
  return random.chance(0.3) ? random.shuffle(all) : all;
};

/** Items that the service must reject, by their fault; each is JSON, but not an event. */
const MALFORMED: [name: string, toText: ToText][] = [
  ['no event type', ({ eventType: _, ...event }) => JSON.stringify(event)],
  ['a blank event type', (event) => JSON.stringify({ ...event, eventType: ' ' })],
  ['neither date nor id', ({ date: _, ...event }) => JSON.stringify(event)],
  ['no UUID', (event) => JSON.stringify({ ...event, deviceID: 'sensor-4' })],
  [
    'a date that does not exist',
    (event) => JSON.stringify({ ...event, date: '2026-02-31T12:00:00Z' }),
  ],
  ['an unknown field', (event) => JSON.stringify({ ...event, firmware: '1.4.2' })],
  ['a blank id', (event) => JSON.stringify({ ...event, id: '' })],
  ['more than 16 KiB', (event) => JSON.stringify({ ...event, value: 'malformed'.repeat(2_000) })],
  // JSON.stringify cannot write it: the number is put into the text.
  ['a number beyond a double', (event) => toTextWith(event, '12345678901234567890')],
  ['no object', () => '"malformed"'],
];

type Event = { date: string; deviceID: string; eventType: string; value: string };
type ToText = (event: Event) => string;

const toTextWith = (event: Event, number: string): string =>
  JSON.stringify(event).replace('"malformed"', number);
