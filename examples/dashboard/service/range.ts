/** A range that the viewer chose: a period up to now, a UTC day, or two instants. */
export type Range =
  | { kind: '1h' | '24h' | '7d' }
  | { kind: 'day'; day: string }
  | { kind: 'custom'; from: string; to: string };

/** A range at a given time, in milliseconds since 1970: `from` up to, but not including, `to`. */
export type Span = {
  from: number;
  to: number;
  /** Where the chart ends. */
  end: number;
  /** Whether the range reaches into the future, so that new events may be in it. */
  isOpen: boolean;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LENGTHS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS };

export const toSpan = (range: Range, now: number): Span => {
  if (range.kind !== 'day' && range.kind !== 'custom') {
    // A device's clock may be ahead: the API accepts dates up to a day in the future.
    return { from: now - LENGTHS[range.kind], to: now + DAY_MS, end: now, isOpen: true };
  }
  const from = Date.parse(range.kind === 'day' ? range.day : range.from);
  const to = range.kind === 'day' ? from + DAY_MS : Date.parse(range.to);
  return { from, to, end: to, isOpen: to > now };
};

/** Formats a range for the link: 24h, a day, or an ISO 8601 interval. */
export const toText = (range: Range): string => {
  if (range.kind === 'day') return range.day;
  return range.kind === 'custom' ? `${range.from}/${range.to}` : range.kind;
};

/** Parses the range of a link; undefined if it is invalid. */
export const parseRange = (text: string): Range | undefined => {
  if (text === '1h' || text === '24h' || text === '7d') return { kind: text };
  const [from = '', to] = text.split('/');
  if (Number.isNaN(Date.parse(from))) return undefined;
  if (to === undefined)
    return /^\d{4}-\d\d-\d\d$/.test(from) ? { kind: 'day', day: from } : undefined;
  return Date.parse(from) < Date.parse(to) ? { kind: 'custom', from, to } : undefined;
};
