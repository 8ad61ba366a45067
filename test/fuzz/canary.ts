import { randomUUID } from 'node:crypto';
import { API_KEY } from '../harness/local-service.ts';

/** A device that no test names again: nothing that is sent may read its events, or change them. */
export type Canary = {
  /** Text that is in every one of its values. */
  mark: string;
  /** All that the service has of it. */
  read(): Promise<unknown>;
};

const DAY = '2026-05-05';
const TYPES = ['temp', 'constructor', 'toString'];
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

export const createCanary = async (url: string): Promise<Canary> => {
  const deviceID = randomUUID();
  const mark = `canary ${randomUUID()}`;
  const events = TYPES.map((eventType, second) => {
    const date = `${DAY}T17:19:0${second}Z`;
    return { date, deviceID, eventType, id: `id:${second}`, value: { mark, $set: { mark } } };
  });
  await fetch(`${url}/events/batch`, { method: 'POST', headers, body: JSON.stringify({ events }) });
  return {
    mark,
    read: () => Promise.all(TYPES.map((eventType) => readDay(url, deviceID, eventType))),
  };
};

async function readDay(url: string, deviceID: string, eventType: string): Promise<unknown> {
  const query = new URLSearchParams({ deviceID, eventType, date: DAY });
  const response = await fetch(`${url}/events?${query}`, { headers });
  const { events } = (await response.json()) as { events?: unknown[] };
  if (events?.length === 1) return events;
  throw new Error(`The canary has not one event of ${eventType}: ${JSON.stringify(events)}`);
}
