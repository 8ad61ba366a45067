import type { NewEvent, QueueEvent } from '../contract/api-types.ts';

/**
 * Gives a random `id` to an event that has neither `id` nor date. The service recognises a repeated event by its `id`,
 * or by its date and value: an event with neither could not be sent again.
 */
export const withId = (event: QueueEvent): NewEvent => {
  const isNameless = (event?.date ?? event?.id ?? undefined) === undefined;
  return (isNameless ? { ...event, id: createId() } : event) as NewEvent;
};

/** 128 random bits in hexadecimal. Pages loaded over plain HTTP have no crypto.randomUUID. */
const createId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
