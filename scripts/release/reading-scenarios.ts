import { toDevice } from './exchange.ts';
import type { Step } from './step.ts';
import { get, post } from './step.ts';

const [device, full] = ['6a', '6b'].map(toDevice) as [string, string];
const key = { deviceID: device, eventType: 'n' };
const day = { ...key, date: '2026-05-05' };

const VALUES = [3, -2.5, '=1+1', 'a "word", and\nanother', null, true, { celsius: [21.4] }, 1e300];
const toEvent = (value: unknown, index: number) => ({
  ...key,
  date: `2026-05-05T0${index}:00:00Z`,
  value,
});
const night = [
  { ...key, date: '2026-05-05T23:59:59.999Z', value: 'last' },
  { ...key, date: '2026-05-06T00:00:00Z', value: 'first' },
  { ...key, eventType: 'boot', date: '2026-05-06T00:00:00Z' },
];
// More events than fit in a bucket.
const MANY = 205;
const many = Array.from({ length: MANY }, (_, index) => ({
  deviceID: full,
  eventType: 'n',
  date: new Date(Date.UTC(2026, 4, 5) + index * 60_000).toISOString(),
  value: index,
}));
const pages = { deviceID: full, eventType: 'n', date: '2026-05-05', limit: '90' };

const read = (title: string, query: Record<string, string>, headers?: Record<string, string>) =>
  get(title, '/events', query, headers);
const summary = { ...key, from: '2026-05-05T00:00:00Z', to: '2026-05-06T00:00:00Z' };

/** The requests of dashboards. */
export const readingScenarios: Record<string, Step[]> = {
  reading: [
    post('what there is', '/events/batch', [...VALUES.map(toEvent), ...night]),
    read('a day', day),
    read('unchanged', day, { 'if-none-match': '{etag}' }),
    read('an ETag of nobody', day, { 'if-none-match': '"6.nobody"' }),
    read('oldest first', { ...day, order: 'asc' }),
    read('as lines', day, { accept: 'application/x-ndjson' }),
    read('as a table', day, { accept: 'text/csv' }),
    read('as what there is not', day, { accept: 'text/html' }),
    read('of a range', { ...key, from: '2026-05-05T05:00:00Z', to: '2026-05-06T00:00:00.001Z' }),
    read('of a range without an end', { ...key, from: '2026-05-05T23:00:00Z' }),
    read('a day in a range', { ...day, from: '2026-05-05T00:00:00Z' }),
    read('neither a day nor a range', key),
    read('a range backwards', { ...key, from: '2026-05-06T00:00:00Z', to: '2026-05-05T00:00:00Z' }),
    read('a day without events', { ...day, date: '2026-05-04' }),
    get('the newest', '/events/latest', { deviceID: device }),
    get('the newest of a type', '/events/latest', key),
    get('by the hour', '/events/summary', { ...summary, interval: 'PT1H' }),
    get('by the day', '/events/summary', { ...summary, interval: 'P1D' }),
    get('by the second', '/events/summary', { ...summary, interval: 'PT1S' }),
    get('in too many parts', '/events/summary', {
      ...summary,
      from: '2020-01-01T00:00:00Z',
      interval: 'PT1M',
    }),
  ],
  paging: [
    post('more than a page', '/events/batch', many),
    read('the first page', pages),
    read('the second page', { ...pages, cursor: '{cursor}' }),
    read('the last page', { ...pages, cursor: '{cursor}' }),
    read('oldest first', { ...pages, order: 'asc' }),
    read('oldest first, the second page', { ...pages, order: 'asc', cursor: '{cursor}' }),
    read('no cursor of ours', { ...pages, cursor: 'AAAA' }),
  ],
  deleting: [
    { title: 'a device', method: 'DELETE', path: `/devices/${device}` },
    { title: 'once more', method: 'DELETE', path: `/devices/${device}` },
    read('nothing is left', day),
    get('nor a newest', '/events/latest', { deviceID: device }),
    post('sent again', '/events/batch', [toEvent(3, 0)]),
  ],
};
