import { randomUUID } from 'node:crypto';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { DeviceClock } from './device-clock.ts';
import { createDeviceClock } from './device-clock.ts';
import { createCounters, createEventSources } from './event-sources.ts';
import type { Outbox } from './outbox.ts';
import { createOutbox } from './outbox.ts';
import type { Random } from './random.ts';
import type { Traits } from './traits.ts';

/** A simulated device. Times are milliseconds since the run began. */
export type Device = {
  readonly id: string;
  readonly traits: Traits;
  readonly clock: DeviceClock;
  readonly outbox: Outbox;
  /** Makes the events up to this time. */
  live(until: number): void;
  /** Enters the event again, with the date that the clock would give it now. */
  redate(event: LedgerEvent): LedgerEvent;
};

export type World = {
  ledger: Ledger;
  tally: Tally;
  /** The mean time between two events of a device, at a time of the run. */
  meanGap(at: number): number;
};

/** @param random decides everything but the network's behaviour */
export const createDevice = (
  { index, traits, random }: { index: number; traits: Traits; random: Random },
  { ledger, tally, meanGap }: World,
): Device => {
  const id = randomUUID();
  const clock = createDeviceClock(traits.clockOffset);
  const outbox = createOutbox();
  const sources = traits.clock === 'none' ? createCounters() : createEventSources(index, random);
  let nextAt = random.exponential(meanGap(0));
  let made = 0;
  const make = (): number => {
    const source = random.pick(sources);
    const values = takeValues(source.next, random);
    const date = traits.clock === 'none' ? undefined : clock.now();
    // Some events arrive late, from a sensor that slept or over another radio.
    const from = random.chance(0.06) ? nextAt + random.between(300, 3_000) : nextAt;
    for (const value of values) {
      made += 1;
      const eventID = traits.hasIds ? `boot-1/${made}` : undefined;
      const event = { deviceID: id, eventType: source.eventType, value, id: eventID, date };
      outbox.add(ledger.enter({ ...event, clockOffset: clock.offset() }), from);
    }
    tally.add('made', values.length);
    if (values.length > 1 && date !== undefined) tally.add('sameInstant', values.length);
    return values.length;
  };
  return {
    id,
    traits,
    clock,
    outbox,
    live(until) {
      while (nextAt <= until) nextAt += random.exponential(make() * meanGap(nextAt));
    },
    redate: (event) =>
      ledger.enter({
        ...event,
        date: event.date && event.date - event.clockOffset + clock.offset(),
        clockOffset: clock.offset(),
      }),
  };
};

/** Takes one value, or sometimes several different ones for the same instant. */
function takeValues(next: () => unknown, random: Random): unknown[] {
  const count = random.chance(0.04) ? 3 : 1;
  const values = new Map<string, unknown>();
  for (let taken = 0; taken < count; taken += 1) {
    const value = next();
    values.set(JSON.stringify(value) ?? '', value);
  }
  return [...values.values()];
}
