/**
 * Replaces the MongoDB driver in the warm benchmark, by an alias in the bundle of every contestant. Each call
 * responds at once. The real driver's own work (about 100 µs per call) would hide most differences.
 */
export class MongoClient {
  readonly options = { dbName: 'test' };
  readonly #collection = createCollection(this);

  async connect() {
    return this;
  }

  async close() {}

  db() {
    return { client: this, collection: () => this.#collection };
  }
}

export class MongoError extends Error {
  hasErrorLabel() {
    return false;
  }
}
export class MongoServerError extends MongoError {}
export class MongoNetworkError extends MongoError {}
export class MongoServerSelectionError extends MongoError {}

const UPDATED = { acknowledged: true, matchedCount: 1, modifiedCount: 1, upsertedCount: 0 };
const EVENTS_A_DAY = 20;
const ID = { toHexString: () => '69fa5a600000000000000000' };

function createCollection(client: MongoClient) {
  return {
    db: { client },
    updateOne: async () => UPDATED,
    findOne: async () => null,
    find: ({ date }: { date: Date | { $gte: Date } }) =>
      toCursor(toBucket('$gte' in date ? date.$gte : date)),
  };
}

/** Creates a new bucket for each call, as a driver does: a contestant may change it. */
function toBucket(date: Date) {
  const events = Array.from({ length: EVENTS_A_DAY }, (_, minute) => ({
    date: new Date(date.getTime() + minute * 60_000),
    value: minute,
  }));
  const bounds = { first: date, last: events.at(-1)?.date };
  // Ours asks for BSON, to know its size.
  return { _id: ID, date, seq: 0, count: EVENTS_A_DAY, ...bounds, events, byteLength: 1_000 };
}

const toCursor = <Bucket>(bucket: Bucket) => ({
  toArray: async () => [bucket],
  async *[Symbol.asyncIterator]() {
    yield bucket;
  },
});

/** Of large values only, which no request of these benchmarks has; nothing is BSON here. */
export const BSON = {
  deserialize: <Bucket>(bucket: Bucket): Bucket => bucket,
  calculateObjectSize: (value: object): number => JSON.stringify(value).length,
};
