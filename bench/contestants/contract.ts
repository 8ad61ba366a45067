import { DAY, INSTANT, MAX_EVENT_TYPE, MAX_ID, NAME, UUID } from './rules.ts';

const deviceID = { type: 'string', pattern: UUID.source } as const;
const toName = (maxLength: number) =>
  ({ type: 'string', minLength: 1, maxLength, pattern: NAME.source }) as const;
const eventType = toName(MAX_EVENT_TYPE);
const day = { type: 'string', pattern: DAY.source } as const;

/** JSON Schema of an event in a POST. */
export const newEvent = {
  type: 'object',
  required: ['deviceID', 'eventType'],
  anyOf: [{ required: ['date'] }, { required: ['id'] }],
  additionalProperties: false,
  properties: {
    date: { type: 'string', pattern: INSTANT.source },
    deviceID,
    eventType,
    id: toName(MAX_ID),
    value: {},
  },
} as const;

/** JSON Schema of the query of a GET. */
export const dayQuery = {
  type: 'object',
  required: ['deviceID', 'eventType', 'date'],
  properties: { deviceID, eventType, date: day },
} as const;

const inQuery = (name: string, schema: object) =>
  ({ name, in: 'query', required: true, schema }) as const;
const described = (description: string) => ({ description }) as const;

/** OpenAPI document of the two operations, shorter than the product's own contract. */
export const contract = {
  openapi: '3.0.3',
  info: { title: 'IoT Events API', version: '1.0.0' },
  paths: {
    '/events': {
      post: {
        operationId: 'addEvent',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewEvent' } } },
        },
        responses: {
          '201': described('The event is stored.'),
          '200': described('The event was stored before.'),
        },
      },
      get: {
        operationId: 'listEvents',
        parameters: [
          inQuery('deviceID', deviceID),
          inQuery('eventType', eventType),
          inQuery('date', day),
        ],
        responses: { '200': described('The events of the day.') },
      },
    },
  },
  components: { schemas: { NewEvent: newEvent } },
} as const;
