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
const nightly = [
  { ...key, date: '2026-05-05T23:59:59.999Z', value: 'last' },
  { ...key, date: '2026-05-06T00:00:00Z', value: 'first', id: 'boot-3/1' },
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
const [MIDNIGHT, NEXT_MIDNIGHT] = ['2026-05-05T00:00:00Z', '2026-05-06T00:00:00Z'] as const;
const range = { ...key, since: MIDNIGHT, until: NEXT_MIDNIGHT };

const read = (title: string, query: Record<string, string>, headers?: Record<string, string>) =>
  get(title, '/events', query, headers);
const latest = (title: string, query: Record<string, string>) =>
  get(title, '/events/latest', query);
const summarize = (title: string, query: Record<string, string>) =>
  get(title, '/events/summary', { ...range, ...query });
const SPREADSHEET = { separator: 'semicolon', decimalMark: 'comma', byteOrderMark: 'true' };

const exported = (title: string, query: object, headers?: Record<string, string>) =>
  get(title, '/events/export', { ...range, ...query }, headers);

const night = { ...key, since: '2026-05-05T23:00:00Z', until: '2026-05-06T01:00:00Z' };
const erase = (title: string, query: Record<string, string>): Step => ({
  title,
  method: 'DELETE',
  path: '/events',
  query,
});

/** The requests of dashboards. */
export const readingScenarios: Record<string, Step[]> = {
  reading: [
    post('the events to read', '/events/batch', { events: [...VALUES.map(toEvent), ...nightly] }),
    read('a day', day),
    read('an unchanged day', day, { 'if-none-match': '{etag}' }),
    read('a day with an unknown ETag', day, { 'if-none-match': 'W/"6.unknown"' }),
    read('a day by one of its instants', { ...key, date: '2026-05-05T12:00:00+02:00' }),
    read('the oldest first', { ...day, order: 'asc' }),
    read('a range', { ...key, since: '2026-05-05T05:00:00Z', until: '2026-05-06T00:00:00.001Z' }),
    read('a range, with spaces for T and +', {
      ...key,
      since: '2026-05-05 07:00:00 02:00',
      until: '2026-05-06 00:00:00Z',
    }),
    read('a range with an offset without colon', { ...key, since: '2026-05-06T01:59:59+0200' }),
    read('a range without an end', { ...key, since: '2026-05-05T23:00:00Z' }),
    read('a day and a range', { ...day, since: MIDNIGHT }),
    read('neither a day nor a range', key),
    read('an end without a start', { ...key, until: MIDNIGHT }),
    read('a range backwards', { ...key, since: NEXT_MIDNIGHT, until: MIDNIGHT }),
    read('an empty range', { ...key, since: MIDNIGHT, until: MIDNIGHT }),
    read('a day without events', { ...day, date: '2026-05-04' }),
    read('a type with a blank', { ...day, eventType: 'door opened' }),
    ...['1e3', ' 10', '0x10', '0', '10001'].map((limit) =>
      read(`a limit of "${limit}"`, { ...day, limit }),
    ),
    { title: 'the headers alone', method: 'HEAD', path: '/events', query: day },
  ],
  'the newest': [
    latest('of each type', { deviceID: device }),
    latest('of one type', key),
    latest('the first page', { deviceID: device, limit: '1' }),
    latest('the last page', { deviceID: device, limit: '1', cursor: '{cursor}' }),
    latest('with an unknown cursor', { deviceID: device, cursor: 'AAAA' }),
    latest('with a day', { deviceID: device, date: '2026-05-05' }),
  ],
  summaries: [
    summarize('by the hour', { interval: 'PT1H' }),
    summarize('by the day', { interval: 'P1D' }),
    summarize('by the week', { interval: 'P1W' }),
    summarize('by the month', { interval: 'P1M' }),
    summarize('by the second', { interval: 'PT1S' }),
    summarize('of too many intervals', { since: '2020-01-01T00:00:00Z', interval: 'PT1M' }),
  ],
  exports: [
    exported('as NDJSON', {}),
    exported('as NDJSON, asked for', {}, { accept: 'application/x-ndjson' }),
    exported('as CSV', {}, { accept: 'text/csv' }),
    exported('as CSV of a German spreadsheet', SPREADSHEET, { accept: 'text/csv' }),
    exported('as NDJSON of a German spreadsheet', SPREADSHEET),
    exported('in another format', {}, { accept: 'text/html' }),
    exported('of no events', { since: '2026-05-04T00:00:00Z', until: MIDNIGHT }),
    exported('with an unknown cursor', { cursor: 'AAAA' }),
  ],
  paging: [
    post('more than a page', '/events/batch', { events: many }),
    read('the first page', pages),
    read('the second page', { ...pages, cursor: '{cursor}' }),
    read('the last page', { ...pages, cursor: '{cursor}' }),
    read('oldest first', { ...pages, order: 'asc' }),
    read('oldest first, the second page', { ...pages, order: 'asc', cursor: '{cursor}' }),
    read('a cursor of another query', { ...pages, cursor: '{cursor}' }),
    read('an unknown cursor', { ...pages, cursor: 'AAAA' }),
  ],
  'deleting a part': [
    erase('how many events of a night', { ...night, dryRun: 'true' }),
    erase('a night', night),
    erase('once more', night),
    erase('how many are left', { ...key, dryRun: 'true' }),
    read('a day of which a part was deleted', day),
    latest('after a part was deleted', { deviceID: device }),
    erase('a start without an end', { ...key, since: MIDNIGHT }),
    erase('an end without a start', { ...key, until: MIDNIGHT }),
    erase('a range backwards', { ...key, since: NEXT_MIDNIGHT, until: MIDNIGHT }),
    erase('neither true nor false', { ...key, dryRun: '1' }),
    erase('a type', { deviceID: device, eventType: 'boot' }),
    latest('after a type was deleted', { deviceID: device }),
  ],
  deleting: [
    { title: 'a device', method: 'DELETE', path: `/devices/${device}` },
    { title: 'once more', method: 'DELETE', path: `/devices/${device}` },
    read('a day of the deleted device', day),
    latest('of the deleted device', { deviceID: device }),
    post('an event sent again', '/events/batch', { events: [toEvent(3, 0)] }),
  ],
};
