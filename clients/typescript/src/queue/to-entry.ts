import type { QueueEvent } from '../contract/api-types.ts';
import { toJson } from '../sending/to-json.ts';
import { withId } from '../sending/with-id.ts';
import type { Entry } from './event-buffer.ts';

/** Copies the event, so that every attempt sends the same. Throws a TypeError if JSON cannot hold it. */
export const toEntry = (event: QueueEvent): Entry => {
  const text = toJson(withId(event));
  return { event: JSON.parse(text), bytes: new TextEncoder().encode(text).length };
};
