import { toDevice } from './exchange.ts';
import { readingScenarios } from './reading-scenarios.ts';
import type { Step } from './step.ts';
import { get, post } from './step.ts';

const DATE = '2026-05-05T17:19:35Z';

const [single, batch, keys] = ['5a', '5b', '5c'].map(toDevice) as [string, string, string];
const event = { date: DATE, deviceID: single, eventType: 'temp_celsius', value: 3 };
const item = (more: object) => ({ ...event, deviceID: batch, ...more });
const mixed = {
  events: [
    item({}),
    item({ value: 4 }),
    item({ eventType: 'door_opened', id: 'boot-17/4', value: undefined }),
    item({ date: undefined, id: 'boot-17/5' }),
    item({ date: null, id: 'boot-17/6' }),
    item({ date: null, id: null }),
    item({ date: '2026-02-31T00:00:00Z' }),
    item({ date: '9999-01-01T00:00:00Z' }),
    item({ deviceID: 'nobody' }),
    item({ eventType: ' ' }),
    item({ eventType: 'door opened' }),
    item({ unknown: 1 }),
    item({ value: 'x'.repeat(17_000) }),
    null,
  ],
};

/** The requests of devices and dashboards, step by step. */
export const scenarios: Record<string, Step[]> = {
  'one event': [
    post('stored', '/events', event),
    post('sent again', '/events', event),
    post('in capitals', '/events', { ...event, deviceID: single.toUpperCase() }),
    post('another value of the instant', '/events', { ...event, value: 4 }),
    post('in another zone', '/events', { ...event, date: '2026-05-05T19:19:35+02:00' }),
    post('with spaces for T and +', '/events', { ...event, date: '2026-05-05 19:19:35 0200' }),
    post('no value', '/events', { ...event, eventType: 'boot', value: undefined }),
    post('an id', '/events', { ...event, id: 'boot-17/4' }),
    post('the id again', '/events', { ...event, id: 'boot-17/4', value: 9 }),
    post('an id and no date', '/events', { ...event, date: undefined, id: 'boot-17/5' }),
    post('null for what is missing', '/events', { ...event, date: DATE, id: null }),
    post('neither id nor date', '/events', { ...event, date: null }),
    post('as it was read', '/events', {
      ...event,
      date: '2026-05-05T17:19:35.000Z',
      receivedAt: '2026-05-05T17:19:36.000Z',
    }),
    post('an unknown field', '/events', { ...event, unit: 'K' }),
    post('from the future', '/events', { ...event, date: '9999-01-01T00:00:00Z' }),
    post(
      'an integer too large',
      '/events',
      `{"date":"${DATE}","deviceID":"${single}","eventType":"n","value":9007199254740993}`,
    ),
    post('nested too deep', '/events', {
      ...event,
      value: JSON.parse('['.repeat(300) + ']'.repeat(300)),
    }),
    post('names that MongoDB has', '/events', { ...event, value: { $set: 1, 'a.b': null } }),
    post('compressed', '/events', { ...event, value: 'zipped' }, { 'content-encoding': 'gzip' }),
    { title: 'no media type', method: 'POST', path: '/events', body: JSON.stringify(event) },
  ],
  'a batch': [
    post('partly refused', '/events/batch', mixed),
    post('sent again', '/events/batch', mixed),
    post(
      'compressed',
      '/events/batch',
      { events: [item({ value: 5 })] },
      { 'content-encoding': 'gzip' },
    ),
    post('of no events', '/events/batch', { events: [] }),
    post('without events', '/events/batch', {}),
    post('of one event, without an array', '/events/batch', { events: item({}) }),
    post('an array instead of an object', '/events/batch', [item({})]),
  ],
  keys: [
    post('no key', '/events', event, { 'x-api-key': '' }),
    post('a wrong key', '/events', event, { 'x-api-key': 'wrong' }),
    post('a wrong key for a batch', '/events/batch', mixed, { 'x-api-key': 'wrong' }),
    get('a wrong key to read', '/events/latest', { deviceID: keys }, { 'x-api-key': 'wrong' }),
    {
      title: 'a wrong key to delete',
      method: 'DELETE',
      path: `/devices/${keys}`,
      headers: { 'x-api-key': 'wrong' },
    },
    get('no key for the state', '/health', {}, { 'x-api-key': '' }),
    get('no key for readiness', '/health/ready', {}, { 'x-api-key': '' }),
  ],
  'the wrong way': [
    get('no such path', '/event'),
    { title: 'no such method', method: 'PATCH', path: '/events' },
    get('no such method of a device', `/devices/${keys}`),
    get('a slash at the end', '/health/'),
  ],
  ...readingScenarios,
};
