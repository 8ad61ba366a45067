import { MongoClient, MongoServerError } from 'mongodb';
import { collectionOf, isThere, RECEIPT_EPOCH } from '../../src/events/bucket.ts';
import { toDay } from '../../src/events/to-day.ts';
import { toInstant } from '../../src/events/to-instant.ts';

/** An event to store; without a date it has an id, and gets the time of its arrival. */
export type NewEvent = {
  date?: string | undefined;
  deviceID: string;
  eventType: string;
  id?: string | undefined;
  value?: unknown;
};
/** An event as it is read. */
export type Event = {
  deviceID: string;
  eventType: string;
  date: string;
  value: unknown;
  id?: string;
};
/** A query for the events of a UTC day. */
export type Day = { deviceID: string; eventType: string; date: string };

const client = new MongoClient(process.env.MONGODB_URI ?? '', {
  appName: 'iot-events-api',
  maxPoolSize: 2,
  minPoolSize: 0,
  maxIdleTimeMS: 300_000,
  serverMonitoringMode: 'poll',
  ignoreUndefined: true,
  // Ours waits 3 s for the database; on a busy machine some contestants take longer than that to load.
  serverSelectionTimeoutMS: Number(process.env.PATIENCE_MS ?? '3000'),
});
client.connect().catch(() => undefined);
const buckets = collectionOf(client);

/** Handles a POST for every contestant but ours: the single update that ours does in the common case. */
export const addEvent = async (event: NewEvent): Promise<'created' | 'duplicate'> => {
  const { date: sent = new Date().toISOString() } = event;
  const date = toInstant(sent) ?? new Date(Number.NaN);
  const key = toKey({ ...event, date: sent });
  const at = Math.floor((Date.now() - RECEIPT_EPOCH) / 1_000);
  const element = { date, value: event.value ?? null, at, ...(event.id && { id: event.id }) };
  try {
    await buckets.updateOne(
      { ...key, seq: 0, count: { $lte: 199 }, 'events.date': { $nin: [date] } },
      {
        $push: { events: element },
        $inc: { count: 1 },
        $min: { first: date },
        $max: { last: date },
      },
      { upsert: true },
    );
    return 'created';
  } catch (error) {
    if (error instanceof MongoServerError && error.code === 11000) return 'duplicate';
    throw error;
  }
};

/** Handles a GET for every contestant but ours: reads a day, newest event first. */
export const listEvents = async (day: Day): Promise<{ events: Event[] }> => {
  const found: Event[] = [];
  const source = { deviceID: day.deviceID.toLowerCase(), eventType: day.eventType };
  const cursor = buckets.find(toKey(day), { sort: { seq: -1 }, projection: { _id: 0, events: 1 } });
  for await (const { events } of cursor) {
    for (const event of events.filter(isThere)) {
      const value = 'value' in event ? event.value : null;
      const read = { ...source, date: event.date.toISOString(), value };
      found.push(event.id === undefined ? read : { ...read, id: event.id });
    }
  }
  return { events: found.sort((a, b) => (a.date < b.date ? 1 : -1)) };
};

/** Converts an outcome to the status and body of the response. */
export const toReceipt = (outcome: 'created' | 'duplicate') =>
  outcome === 'created'
    ? ({ status: 201, body: { status: outcome, message: 'Created event' } } as const)
    : ({ status: 200, body: { status: outcome, message: 'Event already stored' } } as const);

const toKey = ({ deviceID, eventType, date }: Day) => ({
  deviceID: deviceID.toLowerCase(),
  eventType,
  date: toDay(toInstant(date) ?? new Date(`${date}T00:00:00Z`)),
});
