import type { Breaking } from './edit.ts';
import { ok, rename, schemas, set } from './edit.ts';

/** Edits that remove what clients read in replies, or add what they do not know. */
export const BREAKING_REPLIES: Breaking[] = [
  [
    'a property of a reply is gone',
    (c) => {
      delete schemas(c).Event.properties.value;
      set(schemas(c).Event, { required: ['deviceID', 'eventType', 'date'] });
    },
    'response-required-property-removed',
  ],
  [
    'a property of a reply is renamed',
    (c) => {
      rename(schemas(c).EventInterval.properties, 'mean', 'average');
      schemas(c).EventInterval.required[6] = 'average';
    },
    'response-required-property-removed',
  ],
  [
    'an optional property of a reply is gone',
    (c) => delete schemas(c).EventResult.properties.date,
    'response-optional-property-removed',
  ],
  [
    'a property of a problem is gone',
    (c) => delete schemas(c).InvalidField.properties.pointer,
    'response-optional-property-removed',
  ],
  [
    'a property of a reply may be missing',
    (c) => set(schemas(c).Event, { required: ['deviceID', 'eventType', 'date'] }),
    'response-property-became-optional',
  ],
  [
    'a property of a reply may be null',
    (c) => set(schemas(c).EventInterval.properties.mean, { nullable: true }),
    'response-property-became-nullable',
  ],
  [
    'a property of a reply has another type',
    (c) => set(schemas(c).EventInterval.properties.count, { type: 'string' }),
    'response-property-type-changed',
  ],
  [
    'a reply is closed',
    (c) => set(schemas(c).EventPage, { additionalProperties: false }),
    'the reply 200 can no longer get new properties',
  ],
  [
    'an object inside a reply no longer says that it is open',
    (c) => delete schemas(c).Event.additionalProperties,
    'the reply 200/events/items can no longer get new properties',
  ],
  [
    'an extensible list is closed',
    (c) => rename(schemas(c).EventResult.properties.status, 'x-extensible-enum', 'enum'),
    'the reply 207/results/items/status can no longer get new values',
  ],
  [
    'text in a reply becomes one of a few',
    (c) => set(schemas(c).EventResult.properties.message, { enum: ['Created event'] }),
    'the reply 201/message can no longer get new values',
  ],
  [
    'a new property of a reply has an enum',
    (c) => set(schemas(c).EventResult.properties, { kind: { type: 'string', enum: ['a'] } }),
    'the reply 207/results/items/kind is new and can never get new values',
  ],
  [
    'a new property of a reply is a closed object',
    (c) => set(schemas(c).Event.properties, { place: { type: 'object', properties: { x: TEXT } } }),
    'the reply 200/events/items/place is new and can never get new properties',
  ],
  [
    'a closed object is deep in a new property of a reply',
    (c) =>
      set(schemas(c).Problem.properties, {
        more: { type: 'array', items: { type: 'object', additionalProperties: false } },
      }),
    'the reply 400/more/items is new and can never get new properties',
  ],
  [
    'a new status of a problem is closed',
    (c) =>
      set(c.paths['/events'].get.responses, {
        409: {
          description: 'Conflict',
          content: { 'application/problem+json': { schema: { type: 'object', properties: {} } } },
        },
      }),
    'the reply 409 is new and can never get new properties',
  ],
  [
    'a format of a reply is dropped',
    (c) => delete schemas(c).EventInterval.properties.count.format,
    'the reply 200/intervals/items/count has no format instead of int64',
  ],
  [
    'a format of a reply is another one',
    (c) => set(schemas(c).EventInterval.properties.mean, { format: 'float' }),
    'the reply 200/intervals/items/mean has the format float instead of double',
  ],
  [
    'a pattern of a reply is another one',
    (c) => set(schemas(c).StoredInstant, { pattern: '^[0-9]{4}-.*$' }),
    'response-property-pattern-changed',
  ],
  [
    'a pattern of a reply is gone',
    (c) => delete schemas(c).StoredInstant.pattern,
    'response-property-pattern-removed',
  ],
  [
    'a reply is an array instead of an object',
    (c) => set(ok(c, '/events/latest').content['application/json'], { schema: { type: 'array' } }),
    'response-body-type-changed',
  ],
  [
    'a media type of a reply is gone',
    (c) => delete ok(c, '/events/export').content['text/csv'],
    'response-media-type-removed',
  ],
  [
    'a media type of problems is renamed',
    (c) =>
      rename(
        c.components.responses.BadRequest.content,
        'application/problem+json',
        'application/json',
      ),
    'response-media-type',
  ],
  [
    'another media type comes first',
    (c) => set(ok(c, '/events/export'), { content: reverse(ok(c, '/events/export').content) }),
    'replies in text/csv instead of application/x-ndjson',
  ],
  [
    'a status is gone',
    (c) => delete c.paths['/events'].post.responses[200],
    'response-success-status-removed',
  ],
  [
    'success has another status',
    (c) => rename(c.paths['/events'].post.responses, '201', '202'),
    'response-success-status',
  ],
  [
    'success may have one more status',
    (c) => set(c.paths['/events'].post.responses, { 202: { description: 'Later' } }),
    'response-success-status-added',
  ],
  [
    'a status of a problem is gone',
    (c) => delete c.paths['/events'].post.responses[413],
    'response-non-success-status-removed',
  ],
  [
    'a header of a reply is gone',
    (c) => delete ok(c, '/events').headers.ETag,
    'optional-response-header-removed',
  ],
  [
    'Retry-After is no number',
    (c) => set(c.components.headers.RetryAfter.schema, { type: 'string' }),
    'response-header-type',
  ],
  [
    'text in a reply may be longer',
    (c) => set(schemas(c).EventType, { maxLength: 256 }),
    'response-property-max-length-increased',
  ],
];

const TEXT = { type: 'string' };

const reverse = (record: object): object => Object.fromEntries(Object.entries(record).reverse());
