import type { components } from '../../../generated/openapi.ts';
import type { Finding } from '../ledger/finding.ts';
import { toCanonicalJson } from '../ledger/ledger.ts';
import type { Stored } from './read-stream.ts';

type Event = components['schemas']['Event'];
type EventInterval = components['schemas']['EventInterval'];

export type Views = {
  /** All events, newest first; the other views are compared with them. */
  desc: Stored[];
  /** All events, oldest first, where they were read. */
  asc?: Stored[];
  latest: Event | undefined;
  /** The summary by UTC day. */
  days: EventInterval[];
};

/** Compares the ways to read a device's events of one type; they must agree. */
export const compareViews = (place: string, { desc, asc, latest, days }: Views): Finding[] => [
  ...compareLatest(place, desc, latest),
  ...(asc ? compareOrders(place, desc, asc) : []),
  ...compareSummary(place, desc, days),
];

/** Oldest first must be newest first in reverse. */
const compareOrders = (place: string, desc: Stored[], asc: Stored[]): Finding[] => {
  const backwards = asc.toReversed();
  const isSame =
    desc.length === asc.length &&
    desc.every((event, index) => isSameEvent(event, backwards[index])) &&
    desc.every(({ date }, index) => date <= (desc[index - 1]?.date ?? date));
  const counts = `${desc.length} events newest first, ${asc.length} oldest first`;
  return isSame ? [] : [contradict(`${place}: the two orders differ: ${counts}`)];
};

/** The latest event must be the first one, newest first. */
const compareLatest = (place: string, [newest]: Stored[], latest: Event | undefined): Finding[] => {
  const told = latest && {
    date: Date.parse(latest.date),
    canonical: toCanonicalJson(latest.value),
  };
  if (isSameEvent(newest, told)) return [];
  return [contradict(`${place}: GET /events/latest has ${told ? JSON.stringify(latest) : 'none'}`)];
};

const compareSummary = (place: string, stored: Stored[], days: EventInterval[]): Finding[] => {
  const expected = summarize(stored);
  const told = new Map(days.map(({ start, count, min, max }) => [start, `${count} ${min} ${max}`]));
  const differing = [...new Set([...expected.keys(), ...told.keys()])].filter(
    (day) => expected.get(day) !== told.get(day),
  );
  return differing.map((day) =>
    contradict(
      `${place} ${day}: count, min and max are ${expected.get(day) ?? 'none'}, GET /events/summary has ${told.get(day) ?? 'none'}`,
    ),
  );
};

function summarize(stored: Stored[]): Map<string, string> {
  const numbers = new Map<string, number[]>();
  for (const { date, value } of stored) {
    if (typeof value !== 'number') continue;
    const day = `${new Date(date).toISOString().slice(0, 10)}T00:00:00.000Z`;
    const others = numbers.get(day);
    if (others) others.push(value);
    else numbers.set(day, [value]);
  }
  return new Map(
    [...numbers].map(([day, values]) => {
      const sorted = values.toSorted((a, b) => a - b);
      return [day, `${values.length} ${sorted[0]} ${sorted.at(-1)}`];
    }),
  );
}

type Told = Pick<Stored, 'date' | 'canonical'> | undefined;

const isSameEvent = (a: Told, b: Told): boolean =>
  a?.date === b?.date && a?.canonical === b?.canonical;

const contradict = (text: string): Finding => ({ kind: 'contradiction', text });
