import type { QueueEvent } from '../api-types.ts';
import { toJson } from '../sending/to-json.ts';
import type { Entry } from './event-buffer.ts';

/**
 * Copies the event, so that every attempt sends the same. The service recognises a repeated event by its `id`, or
 * by its date and value: an event with neither `id` nor date gets a random `id`.
 */
export const toEntry = (event: QueueEvent): Entry => {
  const isNameless = event.date === undefined && event.id === undefined;
  const text = toJson(isNameless ? { ...event, id: createId() } : event);
  return { event: JSON.parse(text), bytes: new TextEncoder().encode(text).length };
};

/** 128 random bits in hexadecimal. Pages loaded over plain HTTP have no crypto.randomUUID. */
const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
