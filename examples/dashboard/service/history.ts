import type { Event, EventInterval } from './api.ts';
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
const DAY_MS = 86_400_000;

/** Reads the whole span. The cost is bounded, however many events it has. */
export const loadHistory = async (source: Source, span: Span): Promise<History> => {
  if (span.end - span.from <= DAY_MS) {
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

async function extendSummary(source: Source, span: Span, known: Summary): Promise<Summary> {
  const from = toInstant(known.intervals.at(-1)?.start) ?? span.from;
  const query = { ...toQuery(source, { ...span, from }), interval: known.interval.iso };
  const added = await source.api.summary(query, source.signal);
  const newestQuery = { ...toQuery(source, span), limit: NEWEST };
  const { events } = await source.api.events(newestQuery, source.signal);
  const kept = known.intervals.filter((each) => Date.parse(each.start) < from);
  return { ...known, intervals: [...kept, ...added], newest: events.reverse() };
}

const toInstant = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Date.parse(date);
