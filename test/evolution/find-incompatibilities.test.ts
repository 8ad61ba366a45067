import { describe, expect, it } from 'vitest';
import type { Reply } from '../../scripts/release/exchange.ts';
import { findIncompatibilities } from '../../scripts/release/find-incompatibilities.ts';

const json = { 'content-type': 'application/json' };
const list = {
  status: 200,
  headers: { ...json, link: '<?a=1&cursor=x>; rel="next"' },
  body: [{ value: 3 }],
};
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
      { pointer: '/date', detail: 'is no date' },
      { parameter: 'to', detail: 'is missing' },
    ],
  },
};
const batch = { status: 207, headers: json, body: [{ status: 'created', date: '…' }] };
const lines = {
  status: 200,
  headers: { 'content-type': 'application/x-ndjson' },
  body: '{"value":3}\n',
};

const compatible: [string, Reply, Reply][] = [
  ['is the same', problem, problem],
  ['has one more member', list, { ...list, body: [{ value: 3, unit: 'K' }] }],
  ['has one more header', list, { ...list, headers: { ...list.headers, age: '1' } }],
  [
    'has one more link',
    list,
    {
      ...list,
      headers: { ...list.headers, link: `${list.headers.link}, </x>; rel="deprecation"` },
    },
  ],
  [
    'has another cursor',
    list,
    { ...list, headers: { ...list.headers, link: '<?a=1&cursor=y>; rel="next"' } },
  ],
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
    'is of another moment',
    batch,
    { ...batch, body: [{ status: 'created', date: '2026-05-05T00:00:00.000Z' }] },
  ],
  ['has one more member in a line', lines, { ...lines, body: '{"value":3,"unit":"K"}\n' }],
];

const incompatible: [string, Reply, Reply, string][] = [
  ['has another status', list, { ...list, status: 206 }, 'the status is 206 instead of 200'],
  ['has another value', list, { ...list, body: [{ value: 4 }] }, '/0/value is 4 instead of 3'],
  [
    'has another type of value',
    list,
    { ...list, body: [{ value: '3' }] },
    '/0/value is "3" instead of 3',
  ],
  ['lacks a member', list, { ...list, body: [{}] }, '/0/value is undefined instead of 3'],
  ['lacks an item', list, { ...list, body: [] }, 'the body is []'],
  ['is wrapped', list, { ...list, body: { events: list.body } }, 'the body is {'],
  ['lacks a header', list, { ...list, headers: json }, 'the header link is undefined'],
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
    '/errors has no {"pointer":"/date"}',
  ],
  [
    'has no id of the request',
    problem,
    { ...problem, body: { ...problem.body, requestId: undefined } },
    '/requestId is undefined',
  ],
  ['does not say when', batch, { ...batch, body: [{ status: 'created' }] }, '/0/date is undefined'],
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
