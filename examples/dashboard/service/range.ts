/** A range that the viewer chose: where the data is, a period up to now, a UTC day, or two instants. */
export type Range =
  | { kind: 'data' | '1h' | '24h' | '7d' }
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

/** The oldest and the newest instant of the data; undefined if there is none. */
export type Extent = { first: number; last: number } | undefined;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LENGTHS = { '1h': HOUR_MS, '24h': DAY_MS, '7d': 7 * DAY_MS };
const MARGIN = 0.02;

export const toSpan = (range: Range, now: number, extent?: Extent): Span => {
  // A device's clock may be ahead: the API accepts dates up to a day in the future.
  const open = { to: now + DAY_MS, isOpen: true };
  if (range.kind === 'data') return { ...open, ...toDataSpan(extent ?? { first: now, last: now }) };
  if (range.kind !== 'day' && range.kind !== 'custom') {
    return { ...open, from: now - LENGTHS[range.kind], end: now };
  }
  const from = Date.parse(range.kind === 'day' ? range.day : range.from);
  const to = range.kind === 'day' ? from + DAY_MS : Date.parse(range.to);
  return { from, to, end: to, isOpen: to > now };
};

/** The last day of the data, or all of it if it is shorter, with a margin. */
function toDataSpan({ first, last }: NonNullable<Extent>): { from: number; end: number } {
  const from = Math.max(first, last - DAY_MS);
  const margin = Math.max((last - from) * MARGIN, MINUTE_MS / 2);
  return { from: Math.floor(from - margin), end: Math.ceil(last + margin) };
}

/** Formats a range for the link: data, 24h, a day, or an ISO 8601 interval. */
export const toText = (range: Range): string => {
  if (range.kind === 'day') return range.day;
  return range.kind === 'custom' ? `${range.from}/${range.to}` : range.kind;
};

/** Parses the range of a link; undefined if it is invalid. */
export const parseRange = (text: string): Range | undefined => {
  if (text === 'data' || text === '1h' || text === '24h' || text === '7d') return { kind: text };
  const [from = '', to] = text.split('/');
  if (Number.isNaN(Date.parse(from))) return undefined;
  if (to === undefined)
    return /^\d{4}-\d\d-\d\d$/.test(from) ? { kind: 'day', day: from } : undefined;
  return Date.parse(from) < Date.parse(to) ? { kind: 'custom', from, to } : undefined;
};
