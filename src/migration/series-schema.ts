/** The JSON schema that MongoDB validates each written series against; open, as that of buckets. */
export const seriesSchema = {
  bsonType: 'object',
  required: ['deviceID', 'eventType', 'lastOpenedAt'],
  properties: {
    deviceID: { bsonType: 'string' },
    eventType: { bsonType: 'string' },
    firstDay: { bsonType: 'date' },
    newest: {
      bsonType: 'object',
      required: ['date', 'seq', '_id'],
      properties: {
        date: { bsonType: 'date' },
        seq: { bsonType: 'number', minimum: 0 },
        _id: { bsonType: 'objectId' },
      },
    },
    lastOpenedAt: { bsonType: 'date' },
    emptying: { bsonType: 'string' },
    deletedAt: { bsonType: 'date' },
    edited: { bsonType: 'bool' },
    erased: { bsonType: 'bool' },
    emptied: { bsonType: 'bool' },
  },
};
