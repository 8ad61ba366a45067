import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const deviceID = randomUUID();
const event = { deviceID, eventType: 'a', date: '2026-05-05T12:00:00.000Z', value: 1 };
const ask = (path: string, query: Record<string, string>) =>
  fetch(`${service.url()}${path}?${new URLSearchParams({ deviceID, ...query })}`, { headers });

it.each([
  ['/events', { eventType: 'a', date: '2026-05-05' }],
  ['/events/latest', {}],
])('%s shows when an event was received, if asked for', async (path, query) => {
  const start = Math.floor(Date.now() / 1_000) * 1_000;
  await fetch(`${service.url()}/events`, { method: 'POST', headers, body: JSON.stringify(event) });

  const without = await ask(path, query as Record<string, string>);
  const shown = await ask(path, { ...query, include: 'receivedAt' });
  const { events } = (await shown.json()) as { events: { receivedAt: string }[] };

  expect(await without.json()).toEqual({ events: [event] });
  expect(events).toEqual([{ ...event, receivedAt: expect.any(String) }]);
  expect(Math.abs(Date.parse(events[0]?.receivedAt ?? '') - start)).toBeLessThan(60_000);
  if (path === '/events') expect(shown.headers.get('etag')).not.toBe(without.headers.get('etag'));
  expect((await ask(path, { ...query, include: 'value' })).status).toBe(400);

  // What was read can be sent again unchanged.
  const again = { method: 'POST', headers, body: JSON.stringify(events[0]) };
  expect((await fetch(`${service.url()}/events`, again)).status).toBe(200);
});
