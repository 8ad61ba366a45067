import type { components } from '../../generated/openapi.ts';
import { compareStream } from './compare-stream.ts';
import { compareLatest, compareOrders, compareSummary } from './compare-views.ts';
import type { Finding } from './finding.ts';
import type { Stream } from './ledger.ts';
import type { Get, Stored } from './read-back.ts';
import { readStream } from './read-back.ts';

type LatestEvent = components['schemas']['LatestEvent'];
type EventSummary = components['schemas']['EventSummary'];

const DAY_MS = 86_400_000;
// Small enough that most of what is read has several pages.
const PAGE = 300;
const SMALL_PAGE = 90;

export type Verified = { findings: Finding[]; stored: number };

/** Reads one device's events in every way that there is. */
export const verifyDevice = async (
  get: Get,
  { deviceID, streams, isSample }: { deviceID: string; streams: Stream[]; isSample: boolean },
): Promise<Verified> => {
  const { body } = await get(`/events/latest?deviceID=${deviceID}`);
  const latest = new Map((body as LatestEvent[]).map((event) => [event.eventType, event]));
  const findings: Finding[] = [];
  let stored = 0;
  for (const stream of streams) {
    const { eventType } = stream;
    const place = `${deviceID} ${eventType}`;
    const desc = await readStream(get, { deviceID, eventType, order: 'desc', limit: PAGE });
    stored += desc.length;
    findings.push(...compareStream(stream, desc));
    findings.push(...compareLatest(place, desc, latest.get(eventType)));
    if (isSample) {
      const range = { deviceID, eventType, order: 'asc', limit: SMALL_PAGE } as const;
      findings.push(...compareOrders(place, desc, await readStream(get, range)));
    }
    const hasNumbers = desc.some(({ value }) => typeof value === 'number');
    if (hasNumbers) {
      findings.push(...compareSummary(place, desc, await readDays(get, stream, desc)));
    }
    latest.delete(eventType);
  }
  const strangers = [...latest.values()].map((event): Finding => {
    return { kind: 'unexpected', text: `${deviceID} ${JSON.stringify(event)}: nobody sent it` };
  });
  return { findings: [...findings, ...strangers], stored };
};

async function readDays(
  get: Get,
  { deviceID, eventType }: Stream,
  desc: Stored[],
): Promise<EventSummary[]> {
  const newest = desc[0]?.date ?? 0;
  const oldest = desc.at(-1)?.date ?? 0;
  const query = new URLSearchParams({
    ...{ deviceID, eventType, interval: 'P1D' },
    from: new Date(Math.floor(oldest / DAY_MS) * DAY_MS).toISOString(),
    to: new Date((Math.floor(newest / DAY_MS) + 1) * DAY_MS).toISOString(),
  });
  const { body } = await get(`/events/summary?${query}`);
  return body as EventSummary[];
}
