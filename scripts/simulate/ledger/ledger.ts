const DAY_MS = 86_400_000;

/** An event as created by its device. */
export type Draft = {
  deviceID: string;
  eventType: string;
  /** Undefined leaves the value out. */
  value: unknown;
  id: string | undefined;
  /** Milliseconds; undefined if the device has no clock. */
  date: number | undefined;
  /** Milliseconds that the device's clock was ahead when it wrote the date. */
  clockOffset: number;
};

/** An event with the service's replies about it. */
export type LedgerEvent = Draft & {
  /** The value as canonical JSON. */
  canonical: string;
  /** Times of the first request, and of the last reply or lost request. */
  firstSentAt: number | undefined;
  lastHeardAt: number;
  /** The number of requests without a reply: the event may be stored. */
  unanswered: number;
  duplicates: number;
  /** The dates in replies with the status `created`; the service stamps events without a clock. */
  created: number[];
  refusals: number;
};

/** The events of one device and type. */
export type Stream = { deviceID: string; eventType: string; events: Map<string, LedgerEvent> };

/** All events of all devices, and the replies that broke a promise. */
export type Ledger = {
  /** Adds an event; its date moves by milliseconds until its instant and value are unique. */
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
 * How often an event may be stored: once. An event without a clock may be stored once per UTC day, since
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

/** The identity of an event by the contract ("Sending"). */
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
