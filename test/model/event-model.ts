import type { components } from '../../generated/openapi.ts';

type Event = components['schemas']['Event'];

/** An event as it is sent; `value` is JSON text. */
export type Sent = {
  deviceID: string;
  eventType: string;
  time: number;
  value: string;
  id?: string;
};

export type Source = { deviceID: string; eventType: string };

/**
 * What the service promises, in memory: each event once, by its id or else its instant and value, within a
 * device, type and UTC day. Events of one instant are in the order of arrival.
 */
export type EventModel = {
  add(event: Sent): 'created' | 'duplicate';
  has(event: Sent): boolean;
  eraseDevice(deviceID: string): void;
  /** Deletes the events of a source from an instant up to another, in milliseconds, or all; returns their number. */
  erasePart(source: Source, range?: { from: number; to: number }): number;
  /** The events of a source, oldest first. */
  list(source: Source): Event[];
  /** Takes over which events there are, and in which order. */
  replace(source: Source, events: Event[]): void;
  /** Counts the changes of a source. */
  version(source: Source): number;
  types(deviceID: string): string[];
};

export const createEventModel = (): EventModel => {
  const sources = new Map<string, { events: Map<string, Event>; version: number }>();
  const of = (source: Source) => {
    const found = sources.get(toText(source)) ?? { events: new Map(), version: 0 };
    sources.set(toText(source), found);
    return found;
  };
  const list = (source: Source): Event[] =>
    // Stable: events of one instant stay in the order of arrival.
    [...of(source).events.values()].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
  return {
    add(sent) {
      const source = of(sent);
      const identity = toIdentity(toEvent(sent));
      if (source.events.has(identity)) return 'duplicate';
      source.events.set(identity, toEvent(sent));
      source.version += 1;
      return 'created';
    },
    has: (sent) => of(sent).events.has(toIdentity(toEvent(sent))),
    eraseDevice(deviceID) {
      for (const [text, source] of sources) {
        if (!text.startsWith(deviceID)) continue;
        source.events.clear();
        source.version += 1;
      }
    },
    erasePart(source, range) {
      const own = of(source);
      const before = own.events.size;
      for (const [identity, event] of own.events) {
        if (!range || isWithin(event, range)) own.events.delete(identity);
      }
      const count = before - own.events.size;
      // What has no event is emptied all the same.
      if (count > 0 || !range) own.version += 1;
      return count;
    },
    list,
    replace(source, events) {
      const own = of(source);
      own.events = new Map(events.map((event) => [toIdentity(event), event]));
      own.version += 1;
    },
    version: (source) => of(source).version,
    types: (deviceID) =>
      [...sources]
        .filter(([text, { events }]) => text.startsWith(deviceID) && events.size > 0)
        .map(([text]) => text.slice(deviceID.length + 1))
        .sort(),
  };
};

export const isWithin = ({ date }: Event, range: { from: number; to: number }): boolean =>
  Date.parse(date) >= range.from && Date.parse(date) < range.to;

const toText = ({ deviceID, eventType }: Source): string => `${deviceID} ${eventType}`;

export const toEvent = ({ deviceID, eventType, time, value, id }: Sent): Event => {
  const event = {
    deviceID,
    eventType,
    date: new Date(time).toISOString(),
    value: JSON.parse(value),
  };
  return id === undefined ? event : { ...event, id };
};

/** Distinguishes an event from the others of its source: its day, and its id or its instant and value. */
export const toIdentity = ({ date, value, id }: Event): string =>
  id === undefined ? `${date} ${toCanonical(value)}` : `${date.slice(0, 10)} id ${id}`;

const toCanonical = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
