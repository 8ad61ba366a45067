import type { DeviceClock } from '../device/device-clock.ts';
import { describeEvent } from '../ledger/finding.ts';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import { isAcknowledged, toMaxCopies } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Reply } from '../service/http-client.ts';

/** Records the service's reply to each event, and replies that break a promise. */
export type Judge = {
  acknowledge(event: LedgerEvent, status: 'created' | 'duplicate', date?: string): void;
  /** @param problem the reason; a clock-skew problem sets the device's clock */
  refuse(event: LedgerEvent, problem: unknown): void;
  refuseMalformed(text: string, status: string): void;
  /** Gives up the events after a reply that the contract does not document. */
  misunderstood(events: LedgerEvent[], reply: Reply): void;
};

const DAY_MS = 86_400_000;
// The difference allowed between the clocks of two synchronised machines.
const TOLERANCE_MS = 300_000;

export const createJudge = (
  { clock, onRefused }: { clock: DeviceClock; onRefused(event: LedgerEvent): void },
  { ledger, tally }: { ledger: Ledger; tally: Tally },
): Judge => {
  const complain = (what: string, event: LedgerEvent): void =>
    void ledger.violations.push(`${what}: ${describeEvent(event)}`);
  return {
    acknowledge(event, status, date) {
      tally.add(status === 'duplicate' ? 'duplicates' : 'created');
      if (!isAcknowledged(event)) tally.add('acknowledged');
      const stamp = event.date ?? Date.parse(date ?? '');
      if (status === 'created' && Number.isNaN(stamp)) complain('got no date', event);
      if (status === 'created' && !Number.isNaN(stamp)) event.created.push(stamp);
      else event.duplicates += 1;
      if (event.refusals > 0) complain('acknowledged after it was rejected', event);
      if (event.created.length > toMaxCopies(event)) complain('reported as created twice', event);
      if (isFarAhead(event)) complain('accepted although it is from the future', event);
    },
    refuse(event, problem) {
      tally.add('rejected');
      const isFirst = event.refusals === 0;
      event.refusals += 1;
      if (isAcknowledged(event)) complain('rejected after it was acknowledged', event);
      const serverTime = toServerTime(problem);
      const isOff = Math.abs((event.date ?? 0) - (serverTime ?? 0)) > DAY_MS;
      if (event.date === undefined || serverTime === undefined || !isOff) {
        return complain(`rejected (${JSON.stringify(problem)?.slice(0, 200)})`, event);
      }
      tally.add('clockRefusals');
      if (!isFirst) return;
      if (event.clockOffset === clock.offset()) {
        clock.set(serverTime);
        tally.add('clocksSet');
      }
      onRefused(event);
    },
    refuseMalformed(text, status) {
      tally.add('rejected');
      if (status === 'rejected') return;
      ledger.violations.push(`a malformed item was reported as ${status}: ${text.slice(0, 120)}`);
    },
    misunderstood(events, { status, body }) {
      const reply = `${status} ${JSON.stringify(body)?.slice(0, 200)}`;
      for (const event of events) event.refusals += 1;
      ledger.violations.push(`a reply that the contract does not document: ${reply}`);
    },
  };
};

const isFarAhead = ({ date = 0 }: LedgerEvent): boolean =>
  date - Date.now() > DAY_MS + TOLERANCE_MS;

function toServerTime(problem: unknown): number | undefined {
  const { type, serverTime } = (problem ?? {}) as { type?: unknown; serverTime?: unknown };
  if (type !== '/problems/clock-skew') return undefined;
  const time = Date.parse(String(serverTime));
  return Number.isNaN(time) ? undefined : time;
}
