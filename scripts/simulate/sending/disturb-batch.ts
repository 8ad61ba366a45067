import type { Random } from '../device/random.ts';
import type { Traits } from '../device/traits.ts';
import type { Tally } from '../ledger/tally.ts';
import { malformedItems } from './malformed-items.ts';
import type { Item } from './shipment.ts';
import { formatDate } from './shipment.ts';

type Disturbed = { id: string; traits: Traits; random: Random; tally: Tally };

/** What real batches have: no order, an event twice, and items of devices whose firmware is faulty. */
export const disturbBatch = (items: Item[], { id, traits, random, tally }: Disturbed): Item[] => {
  const [first] = items;
  const all = [...items];
  if (first && random.chance(0.15)) all.push(first);
  if (traits.isFaulty && random.chance(0.3)) {
    const event = {
      deviceID: id,
      eventType: 'temp_celcius',
      date: formatDate(Date.now(), 'UTC'),
      value: 'malformed',
    };
    const kinds = random.shuffle(malformedItems).slice(0, 2);
    all.push(...kinds.map(([, toText]) => ({ text: toText(event) })));
    tally.add('malformed', kinds.length);
  }
  return random.chance(0.3) ? random.shuffle(all) : all;
};
