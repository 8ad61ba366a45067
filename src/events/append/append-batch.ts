import { DEADLINE_MS, isOutage } from '../../database/outage.ts';
import type { BucketEvent, BucketKey, DatedEvent } from '../bucket.ts';
import { toElement, toKeyText } from '../bucket.ts';
import { toIdentity } from '../identity.ts';
import { appendEvents } from './append-events.ts';
import type { KnownBuckets } from './known-buckets.ts';

/** `failed`: the event may or may not be stored; sending it again is safe. */
export type BatchOutcome = 'created' | 'duplicate' | 'failed';

/**
 * The different events of one key, by identity; `indexes` are their positions in the batch, of repeats too.
 */
type Group = { key: BucketKey; places: Map<string, { element: BucketEvent; indexes: number[] }> };

// One per connection of this process.
const WRITERS = 2;

/**
 * Stores the events of any keys whose outcome is still `failed`. Writes each outcome into `outcomes` as soon as
 * it is known, so that a caller that stops waiting has those. A key that fails does not affect the others, but
 * no key is begun after an outage.
 * @throws the first failure, after all writers have ended
 */
export const appendBatch = async (
  known: KnownBuckets,
  events: DatedEvent[],
  outcomes: BatchOutcome[],
): Promise<void> => {
  const groups = toGroups(events, outcomes).values();
  const end = performance.now() + DEADLINE_MS;
  const failures: unknown[] = [];
  const write = async (): Promise<void> => {
    for (const group of groups) {
      // Start nothing after the deadline: its outcome could not be reported.
      if (failures.some(isOutage) || performance.now() > end) return;
      await appendGroup(known, group, outcomes).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  if (failures.length > 0) throw failures[0];
};

function toGroups(events: DatedEvent[], outcomes: BatchOutcome[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const [index, event] of events.entries()) {
    if (outcomes[index] !== 'failed') continue;
    const { key, element } = toElement(event);
    const keyText = toKeyText(key);
    const identity = toIdentity(element);
    const group: Group = groups.get(keyText) ?? { key, places: new Map() };
    const place = group.places.get(identity);
    if (place) place.indexes.push(index);
    else group.places.set(identity, { element, indexes: [index] });
    groups.set(keyText, group);
  }
  return groups;
}

/** Stores the events of one key. If the batch repeats an event, the repeats are duplicates. */
async function appendGroup(
  known: KnownBuckets,
  { key, places }: Group,
  outcomes: BatchOutcome[],
): Promise<void> {
  const indexes = new Map([...places.values()].map((place) => [place.element, place.indexes]));
  const [first, ...others] = indexes.keys();
  if (!first) return;
  await appendEvents(known, key, [first, ...others], (element, outcome) => {
    for (const [nth, index] of (indexes.get(element) ?? []).entries()) {
      outcomes[index] = nth === 0 ? outcome : 'duplicate';
    }
  });
}
