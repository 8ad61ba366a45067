import type { Reply } from './exchange.ts';

/** Finds what an old client would miss in today's reply; additions are fine. */
export const findIncompatibilities = (before: Reply, today: Reply): string[] => {
  if (before.status !== today.status) {
    return [`the status is ${today.status} instead of ${before.status}`];
  }
  return [...findMissingHeaders(before, today), ...compareBodies(before, today)];
};

function findMissingHeaders(before: Reply, { headers }: Reply): string[] {
  return Object.entries(before.headers).flatMap(([name, value]) => {
    const now = headers[name];
    const isKept = now !== undefined && (HEADERS[name] ?? isSame)(value, now);
    return isKept ? [] : [`the header ${name} is ${now} instead of ${value}`];
  });
}

const isSame = (before: string, now: string): boolean => before === now;
const hasAll = (before: string, now: string): boolean => {
  const words = new Set(now.toLowerCase().split(/\s*,\s*/));
  return before
    .toLowerCase()
    .split(/\s*,\s*/)
    .every((word) => words.has(word));
};
const withoutCursor = (link: string): string => link.replaceAll(/([?&]cursor=)[^&>]+/g, '$1…');

const HEADERS: Record<string, (before: string, now: string) => boolean> = {
  allow: hasAll,
  vary: hasAll,
  // Opaque to clients.
  etag: () => true,
  link: (before, now) => withoutCursor(now).includes(withoutCursor(before)),
};

function compareBodies(before: Reply, { body, headers }: Reply): string[] {
  const free = before.status === 207 ? FREE_IN_BATCH : FREE;
  if (headers['content-type'] === 'application/x-ndjson') {
    return compare('', toItems(before.body), toItems(body), free);
  }
  return compare('', before.body, body, free);
}

const toItems = (lines: unknown): unknown[] =>
  String(lines)
    .split('\n')
    .map((line) => (line ? JSON.parse(line) : null));

// Change with each request, or are meant for people.
const FREE = /\/(requestId|serverTime|title|detail)$/;
// The service stamps events without a date.
const FREE_IN_BATCH = /\/(requestId|serverTime|title|detail|date)$/;

function compare(place: string, before: unknown, today: unknown, free: RegExp): string[] {
  const other = `${place || 'the body'} is ${JSON.stringify(today)} instead of ${JSON.stringify(before)}`;
  if (free.test(place)) return typeof before === typeof today ? [] : [other];
  if (typeof before !== 'object' || before === null) return before === today ? [] : [other];
  if (typeof today !== 'object' || today === null) return [other];
  if (place.endsWith('/errors'))
    return findMissingErrors(place, before as Fault[], today as Fault[]);
  if (Array.isArray(before) && (!Array.isArray(today) || before.length !== today.length))
    return [other];
  const members: Record<string, unknown> = { ...today };
  return Object.entries(before).flatMap(([key, value]) =>
    compare(`${place}/${key}`, value, members[key], free),
  );
}

type Fault = { pointer?: string; parameter?: string };

/** Each earlier error must be present, in any order and wording. */
function findMissingErrors(place: string, before: Fault[], today: Fault[]): string[] {
  const toName = ({ pointer, parameter }: Fault) => JSON.stringify({ pointer, parameter });
  const named = new Set(today.map(toName));
  const missing = before.map(toName).filter((name) => !named.has(name));
  return missing.map((name) => `${place} has no ${name}`);
}
