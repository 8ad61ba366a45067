import type { Event, EventInterval } from '../../../clients/typescript/src/index.ts';
import type { Span } from './range.ts';
import type { Source } from './read-events.ts';
import { MAX_EVENTS, readEvents, toQuery } from './read-events.ts';
import type { SummaryInterval } from './summary-interval.ts';
import { toSummaryInterval } from './summary-interval.ts';

/** Each event. */
type Events = { kind: 'events'; events: readonly Event[] };
type Summary = {
  kind: 'summary';
  interval: SummaryInterval;
  intervals: readonly EventInterval[];
  newest: readonly Event[];
};

/** The content of a range, oldest first: each event, or, if there are too many, a summary and the newest events. */
export type History = Events | Summary;

/** Maximum number of events in the list. */
export const NEWEST = 25;
// With the margins of a range that has a day of data.
const EVENTS_MS = 1.1 * 86_400_000;

/** Reads the whole span. The cost is bounded, however many events it has. */
export const loadHistory = async (source: Source, span: Span): Promise<History> => {
  if (span.end - span.from <= EVENTS_MS) {
    const events = await readEvents(source, span);
    if (events) return { kind: 'events', events };
  }
  const interval = toSummaryInterval(span);
  return extendSummary(source, span, { kind: 'summary', interval, intervals: [], newest: [] });
};

/** Reads the events added at the end. Events that arrive with an older date appear when the whole span is read again. */
export const extendHistory = async (
  source: Source,
  span: Span,
  known: History,
): Promise<History> => {
  if (known.kind === 'summary') return extendSummary(source, span, known);
  // The last instant may have more events by now.
  const from = toInstant(known.events.at(-1)?.date) ?? span.from;
  const added = await readEvents(source, { ...span, from });
  const kept = known.events.filter(({ date }) => Date.parse(date) < from);
  if (!added || kept.length + added.length > MAX_EVENTS) return loadHistory(source, span);
  return { kind: 'events', events: [...kept, ...added] };
};

/** Removes what is before the span, which moves with the time. */
export const trimHistory = (known: History, { from }: Span): History => {
  if (known.kind === 'events') {
    return { ...known, events: known.events.filter(({ date }) => Date.parse(date) >= from) };
  }
  const { intervals, interval } = known;
  return {
    ...known,
    intervals: intervals.filter((each) => Date.parse(each.start) + interval.ms > from),
  };
};

/** Puts an event in its place; undefined if the service must be asked: for a summary, or if there are too many events. */
export const withEvent = (known: History, event: Event): History | undefined => {
  if (known.kind === 'summary' || known.events.length >= MAX_EVENTS) return undefined;
  const { events } = known;
  const after = events.findLastIndex(({ date }) => date <= event.date) + 1;
  const isKnown = events.slice(0, after).findLast((other) => isSame(other, event)) !== undefined;
  return isKnown ? known : { kind: 'events', events: events.toSpliced(after, 0, event) };
};

const isSame = (one: Event, other: Event): boolean =>
  one.date === other.date && one.id === other.id && isEqual(one.value, other.value);

const isEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function extendSummary(source: Source, span: Span, known: Summary): Promise<Summary> {
  const { client, signal } = source;
  const from = toInstant(known.intervals.at(-1)?.start) ?? span.from;
  const query = { ...toQuery(source, { ...span, from }), interval: known.interval.iso };
  const { intervals } = await client.summarizeEvents(query, { signal });
  const newestQuery = { ...toQuery(source, span), limit: NEWEST };
  const { events } = await client.listEvents(newestQuery, { signal });
  const kept = known.intervals.filter((each) => Date.parse(each.start) < from);
  return { ...known, intervals: [...kept, ...intervals], newest: [...events].reverse() };
}

const toInstant = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Date.parse(date);
