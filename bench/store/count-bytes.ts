import type { CommandStartedEvent, Document, MongoClient } from 'mongodb';
import { BSON } from 'mongodb';
import { toNewEvent } from '../harness/requests.ts';
import type { Design } from './design.ts';

/** Bytes of BSON for one more event in a day of `size` events: sent to MongoDB, and written to the oplog. */
export type BytesResult = { design: Design; size: number; sent: number; logged: number };

const SIZES = [1_000, 10_000, 50_000];

/**
 * Counts the bytes for one event. For an append, MongoDB logs the new element; for a `$push` with `$position`, the
 * whole array (docs/architecture.md, "Data schema"), whose size is computed here.
 */
export const countBytes = async (
  clients: MongoClient[],
  designs: Design[],
): Promise<BytesResult[]> => {
  const updates: Document[] = [];
  const note = ({ commandName, command }: CommandStartedEvent) => {
    if (commandName === 'update') updates.push(command);
  };
  for (const client of clients) client.on('commandStarted', note);
  const results: BytesResult[] = [];
  for (const size of SIZES) {
    for (const design of designs) {
      // The first event tells the process which bucket is the newest.
      for (const nth of [86_000, 86_001]) {
        updates.length = 0;
        await design.add(toNewEvent(nth, `day of ${size}`));
      }
      const sent = updates.reduce((sum, update) => sum + BSON.calculateObjectSize(update), 0);
      results.push({ design, size, sent, logged: toLogged(design, size) });
    }
  }
  for (const client of clients) client.off('commandStarted', note);
  return results;
};

function toLogged({ name }: Design, size: number): number {
  const date = new Date();
  const events = Array.from({ length: name === 'ours' ? 1 : size + 1 }, () => ({
    date,
    value: 1.5,
  }));
  const changed = name === 'ours' ? { count: 200, last: date } : {};
  return BSON.calculateObjectSize({ ...changed, events });
}
