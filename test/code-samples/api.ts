import { expect } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import { API_KEY } from '../harness/local-service.ts';

export type NewEvent = {
  date?: string;
  deviceID: string;
  eventType: string;
  id?: string;
  value?: unknown;
};

const { post } = contract.paths['/events'];
/** The event that the sample of addEvent sends. */
export const EVENT = post.requestBody.content['application/json'].examples.number.value;

const { post: postBatch } = contract.paths['/events/batch'];
/** The events that the sample of addEvents sends. */
export const BATCH: NewEvent[] =
  postBatch.requestBody.content['application/json'].examples.mixed.value.events;

export type Api = ReturnType<typeof createApi>;

/** Direct requests to the service, to verify what samples claim. */
export const createApi = (url: () => string) => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(url() + path, init);
    expect(response.ok).toBe(true);
    return response.status === 204 ? undefined : response.json();
  };
  const list = async (path: string): Promise<unknown[]> => {
    const { events } = (await call('GET', path)) as { events: unknown[] };
    return events;
  };
  return {
    /** Deletes the devices, which the samples of all languages share. */
    async clear(): Promise<void> {
      const devices = new Set([EVENT, ...BATCH].map(({ deviceID }) => deviceID));
      for (const deviceID of devices) await call('DELETE', `/devices/${deviceID}`);
    },
    /** Stores a reading one minute after the sample's; returns its value, which no sample contains. */
    async storeReading(): Promise<number> {
      const value = 1_000 + Math.floor(Math.random() * 1e6);
      await call('POST', '/events', { ...EVENT, date: '2026-05-05T17:20:35Z', value });
      return value;
    },
    store: (events: NewEvent[]) => call('POST', '/events/batch', { events }),
    readDay: ({ deviceID, eventType }: NewEvent) =>
      list(`/events?${new URLSearchParams({ deviceID, eventType, date: '2026-05-05' })}`),
    readLatest: ({ deviceID }: NewEvent) => list(`/events/latest?deviceID=${deviceID}`),
  };
};
