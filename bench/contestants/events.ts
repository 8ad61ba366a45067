import { MongoClient, MongoServerError } from 'mongodb';
import { collectionOf } from '../../src/events/bucket.ts';

export type NewEvent = {
  date: string;
  deviceID: string;
  eventType: string;
  id?: string | undefined;
  value?: unknown;
};
export type Day = { deviceID: string; eventType: string; date: string };

const client = new MongoClient(process.env.MONGODB_URI ?? '', {
  appName: 'iot-events-api',
  maxPoolSize: 2,
  minPoolSize: 0,
  maxIdleTimeMS: 300_000,
  serverMonitoringMode: 'poll',
  ignoreUndefined: true,
  // Ours gives the database 3 s; on a busy machine some contestants alone load for longer.
  serverSelectionTimeoutMS: Number(process.env.PATIENCE_MS ?? '3000'),
});
client.connect().catch(() => undefined);
const buckets = collectionOf(client);

/** What every contestant but ours does of a POST: the one update that ours does, too, in the common case. */
export const addEvent = async (event: NewEvent): Promise<'created' | 'duplicate'> => {
  const date = new Date(event.date);
  const key = toKey({ ...event, date: date.toISOString().slice(0, 10) });
  const element = { date, value: event.value ?? null, ...(event.id && { id: event.id }) };
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

/** What every contestant but ours does of a GET: a day, newest first. */
export const listEvents = async (day: Day): Promise<{ date: string; value: unknown }[]> => {
  const found: { date: string; value: unknown }[] = [];
  const cursor = buckets.find(toKey(day), { sort: { seq: -1 }, projection: { _id: 0, events: 1 } });
  for await (const { events } of cursor) {
    for (const event of events) {
      found.push({ date: event.date.toISOString(), value: 'value' in event ? event.value : null });
    }
  }
  return found.sort((a, b) => (a.date < b.date ? 1 : -1));
};

/** What is answered to a POST. */
export const toReceipt = (outcome: 'created' | 'duplicate') =>
  outcome === 'created'
    ? ({ status: 201, body: { message: 'Created event' } } as const)
    : ({ status: 200, body: { message: 'Event already stored' } } as const);

const toKey = ({ deviceID, eventType, date }: Day) => ({
  deviceID: deviceID.toLowerCase(),
  eventType,
  date: new Date(`${date}T00:00:00Z`),
});
