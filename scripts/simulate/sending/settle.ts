import type { components } from '../../../generated/openapi.ts';
import type { LedgerEvent } from '../ledger/ledger.ts';
import type { Count, Tally } from '../ledger/tally.ts';
import type { Outcome, Reply } from '../service/http-client.ts';
import type { Judge } from './judge.ts';
import type { Item, Shipment } from './shipment.ts';
import { eventsOf } from './shipment.ts';

type EventResult = components['schemas']['EventResult'];

/** How a device reacts to a reply. */
export type Settled = { isShed: boolean; retryAfterMs: number };

/** Records in the ledger what a reply, or its loss, means for each event of a request. */
export const settle = (
  shipment: Shipment,
  outcome: Outcome,
  { judge, tally }: { judge: Judge; tally: Tally },
): Settled => {
  const events = eventsOf(shipment);
  for (const event of events) event.lastHeardAt = Date.now();
  if ('loss' in outcome) {
    const count = LOSSES[outcome.loss];
    if (count) tally.add(count);
    return leaveOpen(events);
  }
  const { reply } = outcome;
  tally.writes.record(reply.ms);
  tally.statuses[reply.status] = (tally.statuses[reply.status] ?? 0) + 1;
  if (reply.status >= 500 || reply.status === 429) return settleFailure(events, reply, tally);
  const isUnderstood = shipment.isBatch
    ? settleBatch(shipment.items, reply, { judge, tally })
    : settleSingle(events, reply, judge);
  if (!isUnderstood) judge.misunderstood(events, reply);
  return { isShed: false, retryAfterMs: 0 };
};

const LOSSES: Record<Extract<Outcome, { loss: string }>['loss'], Count | undefined> = {
  'on purpose': undefined,
  unreachable: 'unreachable',
  'broken off': 'brokenOff',
  'timed out': 'timedOut',
};

function leaveOpen(events: LedgerEvent[]): Settled {
  for (const event of events) event.unanswered += 1;
  return { isShed: false, retryAfterMs: 0 };
}

function settleFailure(events: LedgerEvent[], { status, headers }: Reply, tally: Tally): Settled {
  const isShed = status === 429 || status === 503;
  tally.add(isShed ? 'shed' : 'serverErrors');
  // Only 429 guarantees that nothing was stored.
  if (status !== 429) leaveOpen(events);
  return { isShed, retryAfterMs: (Number(headers['retry-after']) || 0) * 1_000 };
}

function settleSingle([event]: LedgerEvent[], { status, body }: Reply, judge: Judge): boolean {
  if (!event) return false;
  const result = (body ?? {}) as EventResult;
  if (status === 201 && result.status === 'created')
    judge.acknowledge(event, 'created', result.date);
  else if (status === 200 && result.status === 'duplicate') judge.acknowledge(event, 'duplicate');
  else if (status === 400) judge.refuse(event, body);
  else return false;
  return true;
}

function settleBatch(
  items: Item[],
  { status, body }: Reply,
  { judge, tally }: { judge: Judge; tally: Tally },
): boolean {
  const { results } = (body ?? {}) as { results?: EventResult[] };
  if (status !== 207 || results?.length !== items.length) return false;
  for (const [index, { event, text }] of items.entries()) {
    const result = results[index];
    if (!result) return false;
    if (!event) judge.refuseMalformed(text, result.status);
    else if (result.status === 'rejected') judge.refuse(event, result.problem);
    else if (result.status !== 'failed') judge.acknowledge(event, result.status, result.date);
    else {
      leaveOpen([event]);
      tally.add('failed');
    }
  }
  return true;
}
