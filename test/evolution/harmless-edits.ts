import type { Edit } from './edit.ts';
import { ok, parameterSchema, schemas, set } from './edit.ts';

/** Edits that old devices and dashboards do not notice. */
export const HARMLESS: [title: string, edit: Edit][] = [
  ['nothing is changed', () => undefined],
  [
    'words are changed',
    (c) => {
      set(schemas(c).EventType, {
        description: 'Another text',
        example: 'other',
        'x-rule': 'must be good',
      });
      set(c.paths['/events'].get, { summary: 'Read', description: 'Otherwise' });
      set(c.info, { description: 'Short' });
    },
  ],
  [
    'an optional property of a request is added',
    (c) => set(schemas(c).NewEvent.properties, { unit: { type: 'string' } }),
  ],
  [
    'a property of a reply is added',
    (c) => set(schemas(c).Event.properties, { unit: { type: 'string' } }),
  ],
  [
    'an open object and an extensible list of a reply are added',
    (c) =>
      set(schemas(c).Event.properties, {
        place: { type: 'object', additionalProperties: true, properties: {} },
        kind: { type: 'string', 'x-extensible-enum': ['a'] },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
      }),
  ],
  [
    'a property is taken no more where unknown members are taken',
    (c) => {
      delete schemas(c).NewEvent.properties.receivedAt;
      set(schemas(c).NewEvent, {
        additionalProperties: true,
        'x-null-is-absent': ['date', 'id', 'receivedAt'],
      });
    },
  ],
  [
    'a required property of a reply is added',
    (c) => {
      set(schemas(c).EventInterval.properties, { median: { type: 'number' } });
      schemas(c).EventInterval.required.push('median');
    },
  ],
  [
    'an optional parameter is added',
    (c) =>
      c.paths['/events'].get.parameters.push({
        name: 'unit',
        in: 'query',
        schema: { type: 'string' },
      }),
  ],
  [
    'a path is added',
    (c) =>
      set(c.paths, {
        '/events/oldest': {
          get: { ...c.paths['/events/latest'].get, operationId: 'listOldestEvents' },
        },
      }),
  ],
  [
    'an operation is added',
    (c) =>
      set(c.paths['/devices/{deviceID}'], {
        patch: { ...c.paths['/devices/{deviceID}'].delete, operationId: 'renameDevice' },
      }),
  ],
  [
    'a limit is relaxed',
    (c) => {
      set(schemas(c).EventBatch, { 'x-max-bytes': 5_000_000 });
      set(schemas(c).EventBatch.properties.events, { maxItems: 2000 });
      set(parameterSchema(c, 'limit'), { maximum: 20000 });
    },
  ],
  ['a choice is added', (c) => parameterSchema(c, 'order').enum.push('random')],
  ['what was required may be missing', (c) => set(schemas(c).NewEvent, { required: ['deviceID'] })],
  ['no date and no id are needed any more', (c) => delete schemas(c).NewEvent['x-required-unless']],
  [
    'null is taken for one more property',
    (c) => schemas(c).NewEvent['x-null-is-absent'].push('value'),
  ],
  [
    'an extensible list has one more value',
    (c) => schemas(c).EventResult.properties.status['x-extensible-enum'].push('queued'),
  ],
  ['unknown members are taken', (c) => delete schemas(c).NewEvent.additionalProperties],
  [
    'a reply may come in one more media type',
    (c) =>
      set(ok(c, '/events/latest').content, {
        'application/cbor': ok(c, '/events/latest').content['application/json'],
      }),
  ],
  [
    'a body may come in one more media type',
    (c) =>
      set(c.paths['/events'].post.requestBody.content, {
        'application/cbor': c.paths['/events'].post.requestBody.content['application/json'],
      }),
  ],
  [
    'a header of a reply is added',
    (c) => set(ok(c, '/events').headers, { Age: { schema: { type: 'integer' } } }),
  ],
  [
    'a status of a problem is added',
    (c) =>
      set(c.paths['/events'].get.responses, { 409: { $ref: '#/components/responses/BadRequest' } }),
  ],
  [
    'what needed a key needs none',
    (c) => {
      delete c.paths['/events/latest'].get['x-scope'];
      set(c.paths['/events/latest'].get, { security: [] });
    },
  ],
  [
    'an operation is deprecated',
    (c) =>
      set(c.paths['/events'].get, {
        deprecated: true,
        'x-deprecation': { since: '2027-01-01', sunset: '2029-01-01', link: '/docs' },
      }),
  ],
  ['pages see more', (c) => c['x-cors'].exposeHeaders.push('Deprecation')],
];
