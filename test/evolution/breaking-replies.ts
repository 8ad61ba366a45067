import type { Breaking } from './edit.ts';
import { ok, rename, schemas, set } from './edit.ts';

/** Edits that remove what clients read in replies, or add what they do not know. */
export const BREAKING_REPLIES: Breaking[] = [
  [
    'a property of a reply is gone',
    (c) => {
      delete schemas(c).StoredEvent.properties.value;
      set(schemas(c).StoredEvent, { required: ['date'] });
    },
    'response-required-property-removed',
  ],
  [
    'a property of a reply is renamed',
    (c) => {
      rename(schemas(c).EventSummary.properties, 'mean', 'average');
      schemas(c).EventSummary.required[4] = 'average';
    },
    'response-required-property-removed',
  ],
  [
    'an optional property of a reply is gone',
    (c) => delete schemas(c).BatchResult.properties.date,
    'response-optional-property-removed',
  ],
  [
    'a property of a problem is gone',
    (c) => delete schemas(c).InvalidField.properties.pointer,
    'response-optional-property-removed',
  ],
  [
    'a property of a reply may be missing',
    (c) => set(schemas(c).StoredEvent, { required: ['date'] }),
    'response-property-became-optional',
  ],
  [
    'a property of a reply may be null',
    (c) => set(schemas(c).EventSummary.properties.mean, { nullable: true }),
    'response-property-became-nullable',
  ],
  [
    'a property of a reply has another type',
    (c) => set(schemas(c).EventSummary.properties.count, { type: 'string' }),
    'response-property-type-changed',
  ],
  [
    'a reply may say something new',
    (c) => schemas(c).BatchResult.properties.status.enum.push('queued'),
    'response-property-enum-value-added',
  ],
  [
    'a reply may say anything',
    (c) => delete schemas(c).BatchResult.properties.status.enum,
    'response-property-became-not-enum',
  ],
  [
    'a pattern of a reply is gone',
    (c) => delete schemas(c).BatchResult.properties.date.pattern,
    'response-property-pattern-removed',
  ],
  [
    'a reply is an object instead of an array',
    (c) => set(ok(c, '/events/latest').content['application/json'], { schema: { type: 'object' } }),
    'response-body-type-changed',
  ],
  [
    'a media type of a reply is gone',
    (c) => delete ok(c, '/events').content['text/csv'],
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
    (c) => set(ok(c, '/events'), { content: reverse(ok(c, '/events').content) }),
    'replies in text/csv instead of application/json',
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
    (c) => delete ok(c, '/events').headers.Link,
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

const reverse = (record: object): object => Object.fromEntries(Object.entries(record).reverse());
