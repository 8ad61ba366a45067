import type { Device } from '../device/device.ts';
import type { Random } from '../device/random.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isAcknowledged, isOpen } from '../ledger/ledger.ts';
import type { Tally } from '../ledger/tally.ts';
import type { HttpClient } from '../service/http-client.ts';
import { createBackoff } from './backoff.ts';
import { createExchange } from './exchange.ts';
import { createJudge } from './judge.ts';
import { createPacker } from './packer.ts';
import type { Settled } from './settle.ts';
import type { Shipment } from './shipment.ts';
import { eventsOf } from './shipment.ts';

/** Sends a device's events, one request at a time, until all are acknowledged. */
export type Sender = {
  /** Starts the next request, if there is anything to send now. */
  wake(): void;
  isBusy(): boolean;
};

export type Network = {
  client: HttpClient;
  ledger: Ledger;
  tally: Tally;
  random: Random;
  /** Milliseconds since the run began. */
  now(): number;
};

const SENT_TWICE = 0.02;
const SENT_AGAIN = 0.05;

export const createSender = (
  device: Device,
  { client, ledger, tally, random, now }: Network,
): Sender => {
  const { outbox, clock, traits } = device;
  const packer = createPacker(device, { random, tally });
  const backoff = createBackoff(random);
  const judge = createJudge(
    { clock, onRefused: (event) => outbox.putBack([device.redate(event)]) },
    { ledger, tally },
  );
  const send = createExchange({ traits, judge }, { client, tally, random });
  let isBusy = false;
  let notBefore = 0;

  const heed = (settled: Settled[], isDelivered: boolean): void => {
    const isShed = settled.some((one) => one.isShed);
    if (isShed) packer.slowDown(now());
    const retryAfterMs = Math.max(...settled.map((one) => one.retryAfterMs));
    if (isDelivered && !isShed) backoff.succeeded();
    else notBefore = now() + backoff.failed(retryAfterMs);
  };

  const deliver = async (shipment: Shipment): Promise<void> => {
    const copies = random.chance(SENT_TWICE) ? 2 : 1;
    if (copies > 1) tally.add('sentTwice');
    const settled = await send(shipment, copies);
    const open = eventsOf(shipment).filter(isOpen);
    outbox.putBack(open);
    heed(settled, open.length === 0);
    if (now() >= notBefore && random.chance(SENT_AGAIN)) await sendAgain(shipment);
  };

  const sendAgain = async ({ items, isBatch }: Shipment): Promise<void> => {
    const known = items.filter(({ event }) => event && isAcknowledged(event));
    if (known.length === 0) return;
    tally.add('sentAgain');
    heed(await send({ items: known, isBatch }, 1), true);
  };

  return {
    isBusy: () => isBusy,
    wake() {
      const shipment = isBusy || now() < notBefore ? undefined : packer.next(now());
      if (!shipment) return;
      isBusy = true;
      void deliver(shipment).finally(() => {
        isBusy = false;
      });
    },
  };
};
