import type { Breaking } from './edit.ts';
import { parameterSchema, rename, schemas, set } from './edit.ts';

/** Edits that break a device's requests. */
export const BREAKING_REQUESTS: Breaking[] = [
  [
    'a path is renamed',
    (c) => rename(c.paths, '/events/batch', '/events/many'),
    'POST /events/batch',
  ],
  ['an operation is removed', (c) => delete c.paths['/events'].get, 'GET /events'],
  [
    'the only operation of a path is removed',
    (c) => delete c.paths['/devices/{deviceID}'],
    'DELETE /devices/{deviceID}',
  ],
  [
    'an operationId is renamed',
    (c) => set(c.paths['/events'].get, { operationId: 'readEvents' }),
    'api-operation-id-removed',
  ],
  ['an operationId is removed', (c) => delete c.paths['/events'].get.operationId, 'listEvents'],
  [
    'a property is required that was not there',
    (c) => {
      schemas(c).NewEvent.properties.unit = { type: 'string' };
      schemas(c).NewEvent.required.push('unit');
    },
    'new-required-request-property',
  ],
  [
    'a property becomes required',
    (c) => schemas(c).NewEvent.required.push('value'),
    'request-property-became-required',
  ],
  [
    'a property is required where another one is missing',
    (c) => set(schemas(c).NewEvent, { 'x-required-unless': { value: 'date' } }),
    'x-required-unless',
  ],
  [
    'null is taken no more',
    (c) => set(schemas(c).NewEvent, { 'x-null-is-absent': ['date', 'id'] }),
    'no longer takes null for receivedAt',
  ],
  [
    'a property is taken no more',
    (c) => delete schemas(c).NewEvent.properties.id,
    'request-property-removed',
  ],
  [
    'a property is taken no more that was ignored',
    (c) => {
      delete schemas(c).NewEvent.properties.receivedAt;
      set(schemas(c).NewEvent, { 'x-null-is-absent': ['date', 'id'] });
    },
    'the body/events/items no longer takes the property receivedAt',
  ],
  [
    'a property is renamed',
    (c) => rename(schemas(c).NewEvent.properties, 'deviceID', 'deviceId'),
    'request-property-removed',
  ],
  [
    'a property has another type',
    (c) => set(schemas(c).EventId, { type: 'integer' }),
    'request-property-type-changed',
  ],
  [
    'a value may no longer be null',
    (c) => set(schemas(c).NewEvent.properties.value, { type: 'number' }),
    'request-property',
  ],
  [
    'a length shrinks',
    (c) => set(schemas(c).EventType, { maxLength: 64 }),
    'request-property-max-length-decreased',
  ],
  [
    'a length must be more',
    (c) => set(schemas(c).EventId, { minLength: 8 }),
    'request-property-min-length-increased',
  ],
  [
    'a length is limited that was not',
    (c) => set(schemas(c).DeviceId, { maxLength: 36 }),
    'request-property-max-length-set',
  ],
  [
    'a pattern is narrowed',
    (c) => set(schemas(c).DeviceId, { pattern: '^[0-9a-f-]{36}$' }),
    'request-property-pattern-changed',
  ],
  [
    'a pattern is added',
    (c) => set(schemas(c).NewEvent.properties.value, { type: 'string', pattern: '^x' }),
    'request-property',
  ],
  [
    'a format is added',
    (c) => set(parameterSchema(c, 'cursor'), { format: 'uuid' }),
    'request-parameter-type-changed',
  ],
  [
    'a format is dropped',
    (c) => delete schemas(c).Instant.format,
    'the body/date has no format instead of date-time',
  ],
  [
    'text becomes one of a few',
    (c) => set(schemas(c).EventType, { enum: ['temp_celsius'] }),
    'request-property-became-enum',
  ],
  [
    'a batch may have fewer events',
    (c) => set(schemas(c).EventBatch.properties.events, { maxItems: 500 }),
    'max-items-decreased',
  ],
  [
    'a body may be smaller',
    (c) => set(schemas(c).EventBatch, { 'x-max-bytes': 1024 }),
    'x-max-bytes',
  ],
  [
    'an event may be smaller',
    (c) => set(schemas(c).NewEvent, { 'x-max-bytes': 1024 }),
    'the body/events/items is limited to 1024 bytes',
  ],
  [
    'one bad event refuses a batch',
    (c) => delete schemas(c).EventBatch.properties.events['x-items-validated-by'],
    'x-items-validated-by',
  ],
  [
    'a body is wanted in another media type',
    (c) =>
      rename(c.paths['/events'].post.requestBody.content, 'application/json', 'application/cbor'),
    'request-body-media-type-removed',
  ],
];
