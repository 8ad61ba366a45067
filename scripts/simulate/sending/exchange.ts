import type { Random } from '../device/random.ts';
import type { Traits } from '../device/traits.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Fault, HttpClient } from '../service/http-client.ts';
import type { Judge } from './judge.ts';
import type { Settled } from './settle.ts';
import { settle } from './settle.ts';
import type { Shipment } from './shipment.ts';
import { toMessage } from './shipment.ts';
import { createShipmentTally } from './shipment-tally.ts';

/** Sends a device's request, or several copies at once, over an unreliable link. */
export type Exchange = (shipment: Shipment, copies: number) => Promise<Settled[]>;

export const createExchange = (
  { traits, judge }: { traits: Traits; judge: Judge },
  { client, tally, random }: { client: HttpClient; tally: Tally; random: Random },
): Exchange => {
  const tallyShipment = createShipmentTally(tally, traits);
  return async (shipment, copies) => {
    const fault = toFault(random, traits.lossRate);
    const message = await toMessage(shipment);
    tallyShipment(shipment, { message, fault, copies });
    const exchange = async (): Promise<Settled> =>
      settle(shipment, await client.send(message, fault), { judge, tally });
    return Promise.all(Array.from({ length: copies }, exchange));
  };
};

/** Sometimes loses the request or its reply. */
function toFault(random: Random, rate: number): Fault | undefined {
  if (!random.chance(rate)) return undefined;
  const kind = random.chance(0.6) ? 'lost reply' : 'cut off';
  return { kind, afterMs: random.between(0, 40) };
}
