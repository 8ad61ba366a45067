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

const HEADERS: Record<string, (before: string, now: string) => boolean> = {
  allow: hasAll,
  vary: hasAll,
  // Opaque to clients.
  etag: () => true,
  // A deprecation may add one.
  link: (before, now) => now.includes(before),
};

function compareBodies(before: Reply, { body, headers }: Reply): string[] {
  if (headers['content-type'] === 'application/x-ndjson') {
    return compare('', toItems(before.body), toItems(body));
  }
  return compare('', before.body, body);
}

const toItems = (lines: unknown): unknown[] =>
  String(lines)
    .split('\n')
    .map((line) => (line ? JSON.parse(line) : null));

// Change with each request, are opaque to clients or are meant for people; the service stamps an event without a date.
const FREE =
  /\/(requestId|serverTime|nextCursor|title|detail|message|(first|last)(Day|EventAt|ReceivedAt))$|^(\/results\/\d+)?\/date$/;

function compare(place: string, before: unknown, today: unknown): string[] {
  const other = `${place || 'the body'} is ${JSON.stringify(today)} instead of ${JSON.stringify(before)}`;
  if (FREE.test(place)) return typeof before === typeof today ? [] : [other];
  if (typeof before !== 'object' || before === null) return before === today ? [] : [other];
  if (typeof today !== 'object' || today === null) return [other];
  if (place.endsWith('/errors'))
    return findMissingErrors(place, before as Fault[], today as Fault[]);
  if (Array.isArray(before) && (!Array.isArray(today) || before.length !== today.length))
    return [other];
  const members: Record<string, unknown> = { ...today };
  return Object.entries(before).flatMap(([key, value]) =>
    compare(`${place}/${key}`, value, members[key]),
  );
}

type Fault = { code?: string; pointer?: string; parameter?: string };

/** Each earlier error must be present, in any order and wording. */
function findMissingErrors(place: string, before: Fault[], today: Fault[]): string[] {
  const toName = ({ code, pointer, parameter }: Fault) =>
    JSON.stringify({ code, pointer, parameter });
  const named = new Set(today.map(toName));
  const missing = before.map(toName).filter((name) => !named.has(name));
  return missing.map((name) => `${place} has no ${name}`);
}
