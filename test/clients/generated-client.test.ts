import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import { describe, expect, it } from 'vitest';
import type { paths } from '../../generated/openapi.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();

const createApi = (apiKey = API_KEY) =>
  createClient<paths>({ baseUrl: service.url(), headers: { 'x-api-key': apiKey } });

describe('a client generated from the contract', () => {
  it('stores events and reads them back, newest first', async () => {
    const api = createApi();
    const device = { deviceID: randomUUID(), eventType: 'climate:indoor/1' };

    const first = await api.POST('/events', {
      body: { ...device, date: '2026-05-05T17:19:35Z', value: { celsius: [3, null, ''] } },
    });
    await api.POST('/events', { body: { ...device, date: '2026-05-05T19:20:35+02:00' } });
    const read = await api.GET('/events', { params: { query: { ...device, date: '2026-05-05' } } });

    expect(first.response.status).toBe(201);
    expect(first.data).toEqual({ status: 'created', message: 'Created event' });
    expect(read.data).toEqual({
      events: [
        { ...device, date: '2026-05-05T17:20:35.000Z', value: null },
        { ...device, date: '2026-05-05T17:19:35.000Z', value: { celsius: [3, null, ''] } },
      ],
    });
  });

  it('learns that an event is a duplicate', async () => {
    const api = createApi();
    const body = {
      deviceID: randomUUID(),
      eventType: 'door',
      date: '2026-05-05T17:19:35Z',
      value: 1,
    };

    await api.POST('/events', { body });
    const again = await api.POST('/events', { body });

    expect(again.response.status).toBe(200);
    expect(again.data).toEqual({ status: 'duplicate', message: 'Event already stored' });
  });

  it('receives a problem for a wrong key', async () => {
    const { response, error } = await createApi('wrong').POST('/events', {
      body: { deviceID: randomUUID(), eventType: 'door', date: '2026-05-05T17:19:35Z' },
    });

    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(error).toMatchObject({ type: '/problems/forbidden', status: 403 });
  });
});
