import type { NewEvent } from '../contract/api-types.ts';

/** Parses the events of a store. Throws if it is not a list of objects. */
export const parseEvents = (text: string): NewEvent[] => {
  const events: unknown = JSON.parse(text);
  const isList = Array.isArray(events) && events.every((event) => Object(event) === event);
  if (!isList) throw new SyntaxError('not a list of events');
  return events;
};
