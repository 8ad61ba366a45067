import type { components } from '../../../generated/openapi.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Stream } from '../ledger/ledger.ts';
import { compareStream } from './compare-stream.ts';
import { compareViews } from './compare-views.ts';
import type { Get, Stored } from './read-stream.ts';
import { readStream } from './read-stream.ts';

type EventPage = components['schemas']['EventPage'];
type EventInterval = components['schemas']['EventInterval'];
type EventSummary = components['schemas']['EventSummary'];

const DAY_MS = 86_400_000;
// Small enough that most streams have several pages.
const PAGE = 300;
const SMALL_PAGE = 90;

export type Verified = { findings: Finding[]; stored: number };

/** Reads a device's events as pages, newest events and summaries, and compares them with the ledger. */
export const verifyDevice = async (
  get: Get,
  { deviceID, streams, isSample }: { deviceID: string; streams: Stream[]; isSample: boolean },
): Promise<Verified> => {
  const { body } = await get(`/events/latest?deviceID=${deviceID}`);
  const { events } = body as EventPage;
  const latest = new Map(events.map((event) => [event.eventType, event]));
  const findings: Finding[] = [];
  let stored = 0;
  for (const stream of streams) {
    const { eventType } = stream;
    const place = `${deviceID} ${eventType}`;
    const desc = await readStream(get, { deviceID, eventType, order: 'desc', limit: PAGE });
    stored += desc.length;
    findings.push(...compareStream(stream, desc));
    const range = { deviceID, eventType, order: 'asc', limit: SMALL_PAGE } as const;
    const asc = isSample && { asc: await readStream(get, range) };
    const days = await readDays(get, stream, desc);
    findings.push(...compareViews(place, { desc, latest: latest.get(eventType), days, ...asc }));
    latest.delete(eventType);
  }
  const strangers = [...latest.values()].map((event): Finding => {
    return { kind: 'unexpected', text: `${deviceID} ${JSON.stringify(event)}: no device sent it` };
  });
  return { findings: [...findings, ...strangers], stored };
};

/** Reads the summaries of all days with numbers. */
async function readDays(
  get: Get,
  { deviceID, eventType }: Stream,
  stored: Stored[],
): Promise<EventInterval[]> {
  const numbers = stored.filter(({ value }) => typeof value === 'number');
  const days = new Set(numbers.map(({ date }) => Math.floor(date / DAY_MS)));
  const intervals: EventInterval[] = [];
  for (const [first, last] of toSpans([...days])) {
    const query = new URLSearchParams({
      deviceID,
      eventType,
      interval: 'P1D',
      since: new Date(first * DAY_MS).toISOString(),
      until: new Date((last + 1) * DAY_MS).toISOString(),
    });
    const { body } = await get(`/events/summary?${query}`);
    intervals.push(...(body as EventSummary).intervals);
  }
  return intervals;
}

/** The API's limit for intervals in one summary. */
const MAX_DAYS = 2_000;

function toSpans(days: number[]): [first: number, last: number][] {
  const spans: [number, number][] = [];
  for (const day of days.sort((a, b) => a - b)) {
    const span = spans.at(-1);
    if (span && day - span[0] < MAX_DAYS) span[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}
