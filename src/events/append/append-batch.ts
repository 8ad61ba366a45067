import type { components } from '../../../generated/openapi.ts';
import { DEADLINE_MS, isOutage } from '../../database/outage.ts';
import type { BucketEvent, BucketKey } from '../bucket.ts';
import { toElement, toKeyText } from '../bucket.ts';
import { toIdentity } from '../identity.ts';
import { appendEvents } from './append-events.ts';
import type { BucketStore } from './bucket-store.ts';

export type BatchOutcome = 'created' | 'duplicate' | 'failed';

/** Events of one key; each element once, with the places in the batch that it was found at. */
type Group = { key: BucketKey; places: Map<string, { element: BucketEvent; indexes: number[] }> };

// As many as the process has connections.
const WRITERS = 2;

/**
 * Stores events of any keys, and writes into `outcomes` what is known of each as soon as it is known. A key
 * that fails costs no other; an outage ends it. It throws the first failure when all is done.
 */
export const appendBatch = async (
  store: BucketStore,
  events: components['schemas']['NewEvent'][],
  outcomes: BatchOutcome[],
): Promise<void> => {
  const groups = toGroups(events).values();
  const end = performance.now() + DEADLINE_MS;
  const failures: unknown[] = [];
  const write = async (): Promise<void> => {
    for (const group of groups) {
      // What is begun after the reply nobody would be told of.
      if (failures.some(isOutage) || performance.now() > end) return;
      await appendGroup(store, group, outcomes).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  if (failures.length > 0) throw failures[0];
};

function toGroups(events: components['schemas']['NewEvent'][]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const [index, event] of events.entries()) {
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

/** Of an event that is in the batch twice, the first is created. */
async function appendGroup(
  store: BucketStore,
  { key, places }: Group,
  outcomes: BatchOutcome[],
): Promise<void> {
  const indexes = new Map([...places.values()].map((place) => [place.element, place.indexes]));
  const [first, ...others] = indexes.keys();
  if (!first) return;
  await appendEvents(store, key, [first, ...others], (element, outcome) => {
    for (const [nth, index] of (indexes.get(element) ?? []).entries()) {
      outcomes[index] = nth === 0 ? outcome : 'duplicate';
    }
  });
}
