import { createBackoff } from './backoff.ts';
import type { Device } from './create-device.ts';
import { createPacker } from './create-packer.ts';
import { createShipmentTally } from './create-shipment-tally.ts';
import type { Fault, HttpClient } from './http-client.ts';
import { createJudge } from './judge.ts';
import type { Ledger } from './ledger.ts';
import { isAcknowledged, isOpen } from './ledger.ts';
import type { Random } from './random.ts';
import type { Settled } from './settle.ts';
import { settle } from './settle.ts';
import type { Shipment } from './shipment.ts';
import { eventsOf, toMessage } from './shipment.ts';
import type { Tally } from './tally.ts';

/** Sends what a device has, one request after another, and again until it is acknowledged. */
export type Sender = {
  /** Begins the next request, if there is anything to send now. */
  wake(): void;
  isBusy(): boolean;
};

export type Network = {
  client: HttpClient;
  ledger: Ledger;
  tally: Tally;
  random: Random;
  /** Milliseconds of the run. */
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
  const tallyShipment = createShipmentTally(tally, traits);
  const judge = createJudge(
    { clock, onRefused: (event) => outbox.putBack([device.redate(event)]) },
    { ledger, tally },
  );
  let isBusy = false;
  let notBefore = 0;

  const send = async (shipment: Shipment, copies = 1): Promise<Settled[]> => {
    const fault = toFault(random, traits.lossRate);
    const message = await toMessage(shipment);
    tallyShipment(shipment, { message, fault, copies });
    const exchange = async (): Promise<Settled> =>
      settle(shipment, await client.send(message, fault), { judge, tally });
    return Promise.all(Array.from({ length: copies }, exchange));
  };

  const deliver = async (shipment: Shipment): Promise<void> => {
    const copies = random.chance(SENT_TWICE) ? 2 : 1;
    if (copies > 1) tally.add('sentTwice');
    const settled = await send(shipment, copies);
    if (settled.some(({ isShed }) => isShed)) packer.slowDown(now());
    const open = eventsOf(shipment).filter(isOpen);
    if (open.length > 0) {
      outbox.putBack(open);
      const retryAfterMs = Math.max(...settled.map((one) => one.retryAfterMs));
      notBefore = now() + backoff.failed(retryAfterMs);
      return;
    }
    backoff.succeeded();
    if (random.chance(SENT_AGAIN)) await sendAgain(shipment);
  };

  const sendAgain = async ({ items, isBatch }: Shipment): Promise<void> => {
    const known = items.filter(({ event }) => event && isAcknowledged(event));
    if (known.length === 0) return;
    tally.add('sentAgain');
    await send({ items: known, isBatch });
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

/** A radio loses the question or the answer. */
function toFault(random: Random, rate: number): Fault | undefined {
  if (!random.chance(rate)) return undefined;
  const kind = random.chance(0.6) ? 'lost reply' : 'cut off';
  return { kind, afterMs: random.between(0, 40) };
}
