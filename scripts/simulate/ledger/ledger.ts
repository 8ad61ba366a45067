const DAY_MS = 86_400_000;

/** An event as its device made it. */
export type Draft = {
  deviceID: string;
  eventType: string;
  /** Undefined leaves the value out. */
  value: unknown;
  id: string | undefined;
  /** Milliseconds; undefined where the device has no clock. */
  date: number | undefined;
  /** How far the device's clock was off when it wrote the date. */
  clockOffset: number;
};

/** An event with what the service said of it. */
export type LedgerEvent = Draft & {
  /** In the terms of what a reader sees of it. */
  canonical: string;
  /** When it was first sent, and last answered or given up. */
  firstSentAt: number | undefined;
  lastHeardAt: number;
  /** Requests with it of which nothing is known but that they may have arrived. */
  unanswered: number;
  duplicates: number;
  /** The date by each reply that said `created`; one without a clock gets it there. */
  created: number[];
  refusals: number;
};

/** The events of one device and type. */
export type Stream = { deviceID: string; eventType: string; events: Map<string, LedgerEvent> };

/** All events that devices ever made, and what the service should not have said. */
export type Ledger = {
  /** Takes an event in; one whose instant and value are taken moves on by a millisecond. */
  enter(draft: Draft): LedgerEvent;
  streams(): Stream[];
  violations: string[];
};

export const createLedger = (): Ledger => {
  const streams = new Map<string, Stream>();
  return {
    violations: [],
    streams: () => [...streams.values()],
    enter(draft) {
      const { deviceID, eventType } = draft;
      const key = `${deviceID} ${eventType}`;
      const stream = streams.get(key) ?? { deviceID, eventType, events: new Map() };
      streams.set(key, stream);
      const canonical = toCanonicalJson(draft.value);
      const date = toFreeDate(stream, draft, canonical);
      const event: LedgerEvent = { ...draft, ...nothingKnown(), canonical, date };
      stream.events.set(toIdentity(event), event);
      return event;
    },
  };
};

export const isAcknowledged = ({ created, duplicates }: LedgerEvent): boolean =>
  created.length + duplicates > 0;

/** Whether it must still be sent. */
export const isOpen = (event: LedgerEvent): boolean =>
  !isAcknowledged(event) && event.refusals === 0;

/**
 * How often an event may be there: once. One without a clock is another event on the next UTC day, since
 * device, type, day and id identify it.
 */
export const toMaxCopies = ({ date, firstSentAt = 0, lastHeardAt }: LedgerEvent): number =>
  date === undefined ? Math.floor(lastHeardAt / DAY_MS) - Math.floor(firstSentAt / DAY_MS) + 1 : 1;

const nothingKnown = () => ({
  firstSentAt: undefined,
  lastHeardAt: 0,
  unanswered: 0,
  duplicates: 0,
  created: [],
  refusals: 0,
});

/** What makes two events the same one (contract, "Sending"). */
const toIdentity = ({ id, date, canonical }: Draft & { canonical: string }): string =>
  id === undefined ? `${date} ${canonical}` : `id ${id} ${date}`;

function toFreeDate({ events }: Stream, draft: Draft, canonical: string): number | undefined {
  let { date } = draft;
  while (date !== undefined && events.has(toIdentity({ ...draft, date, canonical }))) date += 1;
  return date;
}

/** Serialises a value as JSON with sorted keys, so that equal values have equal texts; undefined is null. */
export const toCanonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${toCanonicalJson(item)}`).join(',')}}`;
};
