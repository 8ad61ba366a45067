import { describe, expect, it } from 'vitest';
import type { Reply } from '../../scripts/release/exchange.ts';
import { findIncompatibilities } from '../../scripts/release/find-incompatibilities.ts';

const json = { 'content-type': 'application/json' };
const list = {
  status: 200,
  headers: { ...json, etag: 'W/"1"', vary: 'Accept' },
  body: { events: [{ value: 3 }], nextCursor: 'x' },
};
const withEvents = (...events: object[]) => ({ ...list, body: { ...list.body, events } });
const problem = {
  status: 400,
  headers: { 'content-type': 'application/problem+json' },
  body: {
    type: '/problems/invalid-request',
    title: 'Invalid',
    status: 400,
    detail: 'No',
    requestId: '…',
    errors: [
      { code: 'format', pointer: '/date', detail: 'is no date' },
      { code: 'required', parameter: 'until', detail: 'is missing' },
    ],
  },
};
const stamped = { status: 'created', date: '…', message: 'Created event' };
const single = { status: 201, headers: json, body: stamped };
const batch = { status: 207, headers: json, body: { results: [stamped] } };
const lines = {
  status: 200,
  headers: { 'content-type': 'application/x-ndjson' },
  body: '{"value":3}\n',
};

const compatible: [string, Reply, Reply][] = [
  ['is the same', problem, problem],
  ['has one more member', list, withEvents({ value: 3, unit: 'K' })],
  ['has one more header', list, { ...list, headers: { ...list.headers, age: '1' } }],
  [
    'has another ETag and varies by more',
    list,
    { ...list, headers: { ...list.headers, etag: 'W/"2"', vary: 'Accept, Accept-Encoding' } },
  ],
  ['has another cursor', list, { ...list, body: { ...list.body, nextCursor: 'y' } }],
  [
    'says it in other words',
    problem,
    { ...problem, body: { ...problem.body, title: 'Wrong', detail: 'Not so' } },
  ],
  [
    'names what is wrong in another order',
    problem,
    { ...problem, body: { ...problem.body, errors: problem.body.errors.toReversed() } },
  ],
  [
    'is of another moment and in other words',
    batch,
    {
      ...batch,
      body: { results: [{ ...stamped, date: '2026-05-05T00:00:00.000Z', message: 'Ok' }] },
    },
  ],
  [
    'is of another moment, for a single event',
    single,
    { ...single, body: { ...stamped, date: '2026-05-05T00:00:00.000Z' } },
  ],
  ['has one more member in a line', lines, { ...lines, body: '{"value":3,"unit":"K"}\n' }],
];

const incompatible: [string, Reply, Reply, string][] = [
  ['has another status', list, { ...list, status: 206 }, 'the status is 206 instead of 200'],
  ['has another value', list, withEvents({ value: 4 }), '/events/0/value is 4 instead of 3'],
  [
    'has another type of value',
    list,
    withEvents({ value: '3' }),
    '/events/0/value is "3" instead of 3',
  ],
  ['lacks a member', list, withEvents({}), '/events/0/value is undefined instead of 3'],
  ['lacks an item', list, withEvents(), '/events is []'],
  ['is not wrapped', list, { ...list, body: list.body.events }, '/events is undefined'],
  [
    'has no cursor',
    list,
    { ...list, body: { events: list.body.events } },
    '/nextCursor is undefined',
  ],
  ['lacks a header', list, { ...list, headers: json }, 'the header etag is undefined'],
  [
    'has another media type',
    list,
    { ...list, headers: { ...list.headers, 'content-type': 'text/plain' } },
    'the header content-type is text/plain',
  ],
  [
    'has another type of problem',
    problem,
    { ...problem, body: { ...problem.body, type: '/problems/x' } },
    '/type is "/problems/x"',
  ],
  [
    'does not name what is wrong',
    problem,
    { ...problem, body: { ...problem.body, errors: problem.body.errors.slice(1) } },
    '/errors has no {"code":"format","pointer":"/date"}',
  ],
  [
    'names what is wrong by another code',
    problem,
    {
      ...problem,
      body: {
        ...problem.body,
        errors: problem.body.errors.map((error) => ({ ...error, code: 'pattern' })),
      },
    },
    '/errors has no {"code":"required","parameter":"until"}',
  ],
  [
    'has no id of the request',
    problem,
    { ...problem, body: { ...problem.body, requestId: undefined } },
    '/requestId is undefined',
  ],
  [
    'does not say when',
    batch,
    { ...batch, body: { results: [{ status: 'created' }] } },
    '/results/0/date is undefined',
  ],
  [
    'has another date of an event',
    withEvents({ date: '2026-05-05T00:00:00.000Z' }),
    withEvents({ date: '2026-05-05T00:00:00.001Z' }),
    '/events/0/date is',
  ],
  ['has another value in a line', lines, { ...lines, body: '{"value":4}\n' }, '/0/value is 4'],
];

describe('a reply of today', () => {
  it.each(compatible)('is as good as the recorded one where it %s', (_, before, today) => {
    expect(findIncompatibilities(before, today)).toEqual([]);
  });

  it.each(incompatible)('breaks a client where it %s', (_, before, today, fault) => {
    expect(findIncompatibilities(before, today).join()).toContain(fault);
  });
});
