/**
 * The JSON schema that MongoDB validates each written bucket against. It has no upper bounds and allows
 * other fields: the migration runs before the new version serves requests, so the old version must be able
 * to write under it.
 */
export const bucketSchema = {
  bsonType: 'object',
  required: ['deviceID', 'eventType', 'date', 'seq', 'count', 'first', 'last', 'events'],
  properties: {
    deviceID: { bsonType: 'string' },
    eventType: { bsonType: 'string' },
    date: { bsonType: 'date' },
    seq: { bsonType: 'number', minimum: 0 },
    count: { bsonType: 'number', minimum: 1 },
    first: { bsonType: 'date' },
    last: { bsonType: 'date' },
    floor: { bsonType: 'date' },
    unlisted: { bsonType: 'bool' },
    edits: { bsonType: 'number', minimum: 0 },
    stats: {
      bsonType: 'array',
      items: {
        bsonType: 'object',
        required: ['count', 'sum', 'min', 'max', 'first', 'last'],
        properties: { sum: { bsonType: 'string' } },
      },
    },
    events: {
      bsonType: 'array',
      items: {
        bsonType: 'object',
        properties: {
          date: { bsonType: 'date' },
          json: { bsonType: 'string' },
          id: { bsonType: 'string' },
          at: { bsonType: 'int' },
        },
        // The last is the place of a deleted event.
        anyOf: [
          { required: ['date', 'value'] },
          { required: ['date', 'json'] },
          { maxProperties: 0 },
        ],
      },
    },
  },
};
