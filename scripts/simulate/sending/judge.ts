import type { DeviceClock } from '../device/device-clock.ts';
import { describeEvent } from '../ledger/finding.ts';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import { isAcknowledged, toMaxCopies } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Reply } from '../service/http-client.ts';

/** Takes the service's word on each event, and notes where it should have said something else. */
export type Judge = {
  acknowledge(event: LedgerEvent, status: 'created' | 'duplicate', date?: string): void;
  /** @param problem the service's, which sets the device's clock where it is about that */
  refuse(event: LedgerEvent, problem: unknown): void;
  refuseMalformed(text: string, status: string): void;
  /** Gives the events up. */
  misunderstood(events: LedgerEvent[], reply: Reply): void;
};

const DAY_MS = 86_400_000;
// Between the clocks of two machines that both keep the time.
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
      if (event.refusals > 0) complain('acknowledged what was refused before', event);
      if (event.created.length > toMaxCopies(event)) complain('told twice to be new', event);
      if (isFarAhead(event)) complain('taken although it is from the future', event);
    },
    refuse(event, problem) {
      tally.add('rejected');
      const isFirst = event.refusals === 0;
      event.refusals += 1;
      if (isAcknowledged(event)) complain('refused what was acknowledged before', event);
      const serverTime = toServerTime(problem);
      const isOff = Math.abs((event.date ?? 0) - (serverTime ?? 0)) > DAY_MS;
      if (event.date === undefined || serverTime === undefined || !isOff) {
        return complain(`refused (${JSON.stringify(problem)?.slice(0, 200)})`, event);
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
      ledger.violations.push(`a malformed item was told to be ${status}: ${text.slice(0, 120)}`);
    },
    misunderstood(events, { status, body }) {
      const reply = `${status} ${JSON.stringify(body)?.slice(0, 200)}`;
      for (const event of events) event.refusals += 1;
      ledger.violations.push(`an answer that the contract does not have: ${reply}`);
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
