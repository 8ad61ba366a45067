import { malformedItems } from './malformed-items.ts';
import type { Random } from './random.ts';
import type { Item } from './shipment.ts';
import { formatDate } from './shipment.ts';
import type { Tally } from './tally.ts';
import type { Traits } from './traits.ts';

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
