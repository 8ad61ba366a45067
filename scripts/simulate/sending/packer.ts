import type { Device } from '../device/device.ts';
import type { Random } from '../device/random.ts';
import type { Tally } from '../ledger/tally.ts';
import { disturbBatch } from './disturb-batch.ts';
import type { Shipment } from './shipment.ts';
import { toItem } from './shipment.ts';

/** Packs a device's events into requests. Times are milliseconds since the run began. */
export type Packer = {
  /** The next request, if there is anything to send now. */
  next(at: number): Shipment | undefined;
  /** Sends a batch every few seconds for a while, instead of one request per event. */
  slowDown(at: number): void;
};

const MAX_BATCH = 500;
/** A device with more events than this sends a batch. */
const MAX_SINGLES = 5;
const SLOW_FOR_MS = 20_000;

export const createPacker = (
  { id, traits, outbox }: Device,
  { random, tally }: { random: Random; tally: Tally },
): Packer => {
  let slowUntil = 0;
  let nextBatchAt = 0;
  let wasOffline = false;
  const toShipment = (count: number): Shipment => {
    const events = outbox.take(count, wasOffline ? traits.backlog : 'oldest first');
    if (wasOffline) tally.add('afterOffline', events.length);
    const items = events.map((event) => toItem(event, traits));
    return { items, isBatch: false };
  };
  const toBatch = (at: number): Shipment => {
    const [shortest, longest] = at < slowUntil ? [2_000, 5_000] : [800, 2_000];
    nextBatchAt = at + random.between(shortest, longest);
    const { items } = toShipment(MAX_BATCH);
    return { items: disturbBatch(items, { id, traits, random, tally }), isBatch: true };
  };
  return {
    slowDown(at) {
      slowUntil = at + SLOW_FOR_MS;
    },
    next(at) {
      const { from, to, every } = traits.offline ?? { from: 0, to: 0, every: 1 };
      const isOffline = at % every >= from && at % every < to;
      const count = outbox.count(at);
      wasOffline = isOffline || (wasOffline && count > 0);
      if (isOffline || count === 0) return undefined;
      const isBatching = traits.sends === 'in batches' || at < slowUntil;
      if (isBatching && at < nextBatchAt && count < MAX_BATCH) return undefined;
      return isBatching || count > MAX_SINGLES ? toBatch(at) : toShipment(1);
    },
  };
};
