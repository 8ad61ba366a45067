import { setTimeout as sleep } from 'node:timers/promises';
import type { components } from '../../../generated/openapi.ts';
import { toCanonicalJson } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { HttpClient, Reply } from '../service/http-client.ts';

type EventPage = components['schemas']['EventPage'];

/** An event as read from the service. */
export type Stored = { date: number; value: unknown; canonical: string };

/** Sends a GET request until the reply is 200; throws after a minute, or at once on other 4xx. */
export type Get = (path: string) => Promise<Reply>;

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/** Waits between attempts as `Retry-After` demands. */
export const createGet =
  (client: HttpClient, tally: Tally): Get =>
  async (path) => {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const outcome = await client.send({ method: 'GET', path });
      if ('reply' in outcome && outcome.reply.status === 200) {
        tally.reads.record(outcome.reply.ms);
        return outcome.reply;
      }
      const waitMs = toWait(outcome);
      if ('reply' in outcome && outcome.reply.status >= 500 && outcome.reply.status !== 503) {
        tally.add('serverErrors');
      }
      if (performance.now() + waitMs > end) throw new Error(`GET ${path}: ${toReason(outcome)}`);
      await sleep(waitMs * (1 + Math.random()));
    }
  };

type Answer = Awaited<ReturnType<HttpClient['send']>>;

function toWait(outcome: Answer): number {
  if ('loss' in outcome) return PAUSE_MS;
  const { status, headers } = outcome.reply;
  if (status < 500 && status !== 429) return Number.POSITIVE_INFINITY;
  return Math.max(PAUSE_MS, (Number(headers['retry-after']) || 0) * 1_000);
}

const toReason = (outcome: Answer): string =>
  'loss' in outcome
    ? `the request was ${outcome.loss}`
    : `${outcome.reply.status} ${JSON.stringify(outcome.reply.body)?.slice(0, 300)}`;

type Range = { deviceID: string; eventType: string; order: 'asc' | 'desc'; limit: number };

/** Reads all events of a device and type, page by page. */
export const readStream = async (get: Get, range: Range): Promise<Stored[]> => {
  const since = '0000-01-01T00:00:00Z';
  const query = new URLSearchParams({ ...range, limit: String(range.limit), since });
  const events: Stored[] = [];
  for (;;) {
    const { body } = await get(`/events?${query}`);
    const page = body as EventPage;
    for (const { date, value } of page.events) {
      events.push({ date: Date.parse(date), value, canonical: toCanonicalJson(value) });
    }
    if (page.nextCursor === undefined) return events;
    if (page.events.length === 0) {
      throw new Error(`GET /events?${query}: an empty page with a nextCursor`);
    }
    query.set('cursor', page.nextCursor);
  }
};
