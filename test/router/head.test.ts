import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const service = useLocalService();
const { client } = useDatabase();
const lambda = createApiHandler(client);
const DEVICE = { deviceID: randomUUID(), eventType: 'temp_celsius' };
const RANGE = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
const list = `/events?${new URLSearchParams({ ...DEVICE, ...RANGE })}`;

/** What each reply has of its own, and what is of its connection and not of the resource. */
const OWN = new Set([
  'date',
  'x-amzn-requestid',
  'x-amz-apigw-id',
  'x-amzn-trace-id',
  'connection',
  'keep-alive',
  'transfer-encoding',
  // A reply to HEAD need not tell the length of the body that it lacks (RFC 9110, section 8.6).
  'content-length',
  // GET is refused by API Gateway's own validation, and HEAD, which is in no import document, by the router.
  'x-amzn-errortype',
]);

const ask = async (method: string, to: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${service.url()}${to}`, {
    method,
    headers: { 'x-api-key': API_KEY, ...headers },
  });
  const text = await response.text();
  const kept = [...response.headers].filter(([name]) => !OWN.has(name));
  return { status: response.status, headers: Object.fromEntries(kept), text };
};

beforeAll(async () => {
  const body = JSON.stringify({ ...DEVICE, date: '2026-05-05T12:00:00Z', value: 3 });
  const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
  await fetch(`${service.url()}/events`, { method: 'POST', headers, body });
});

describe('HEAD', () => {
  it.each([
    ['a list', list, {}, 200],
    ['a list that has not changed', list, { 'if-none-match': '*' }, 304],
    ['the latest events', `/events/latest?deviceID=${DEVICE.deviceID}`, {}, 200],
    ['a summary', `${list.replace('?', '/summary?')}&interval=P1D`, {}, 200],
    ['an export', list.replace('?', '/export?'), {}, 200],
    ['an export as CSV', list.replace('?', '/export?'), { accept: 'text/csv' }, 200],
    ['the health', '/health', {}, 200],
    ['the readiness', '/health/ready', {}, 200],
    ['a bad request', `${list}&limit=0`, {}, 400],
    ['an unknown parameter', `${list}&colour=red`, {}, 400],
    ['a missing parameter', '/events', {}, 400],
    ['a wrong key', list, { 'x-api-key': 'another' }, 403],
    ['an unknown path', '/nowhere', {}, 404],
  ])('gets the headers of %s as GET does, and no body', async (_, to, headers, status) => {
    const [head, get] = await Promise.all([ask('HEAD', to, headers), ask('GET', to, headers)]);

    expect(get.status).toBe(status);
    expect(get.text === '').toBe(status === 304);
    expect(head).toEqual({ ...get, text: '' });
  });

  it('is no method of a path that has no GET', async () => {
    const { status, headers } = await ask('HEAD', '/events/batch');

    expect([status, headers.allow]).toEqual([405, 'POST']);
  });

  it.each([
    [{}, 200],
    [{ limit: '0' }, 400],
    [{ 'If-None-Match': '*' }, 304],
  ])('is answered by the function itself as GET, with %j', async (more, status) => {
    const { limit, ...headers } = more as Record<string, string>;
    const query = { ...DEVICE, ...RANGE, ...(limit && { limit }) };
    const [head, get] = await Promise.all(
      ['HEAD', 'GET'].map((method) => lambda(proxyEvent({ method, query, headers }))),
    );

    expect([head?.statusCode, head?.headers]).toEqual([status, get?.headers]);
    expect(get?.statusCode).toBe(status);
  });
});
