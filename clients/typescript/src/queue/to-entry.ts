import type { BatchEvent } from '../api-types.ts';
import type { Entry } from './event-buffer.ts';

/**
 * A copy of the event as it will be sent, each time. Without a date it is told from others by its `id` alone,
 * so it gets one; with a date, the contract tells it by its instant and value.
 */
export const toEntry = (event: BatchEvent): Entry => {
  const isNameless = event.date === undefined && event.id === undefined;
  const text = JSON.stringify(isNameless ? { ...event, id: createId() } : event);
  return { event: JSON.parse(text), bytes: new TextEncoder().encode(text).length };
};

/** 128 random bits; crypto.randomUUID is not there in a page that came over plain HTTP. */
const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
