import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createClient } from '../../../clients/typescript/src/index.ts';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';

const service = useLocalService();

it('a client follows events, and connects again where its stream was cut', async () => {
  const deviceID = randomUUID();
  let opened = 0;
  const cut: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).includes('/live')) return response;
    opened += 1;
    let blocks = 0;
    // Each connection breaks after its second part.
    const broken = new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        blocks += 1;
        if (blocks > 2) controller.error(new Error('cut'));
        else controller.enqueue(part);
      },
    });
    return new Response(response.body?.pipeThrough(broken), { headers: response.headers });
  };
  const client = createClient({
    baseUrl: service.url(),
    apiKey: API_KEY,
    fetch: cut,
    retry: { baseDelayMs: 10 },
  });
  const values: unknown[] = [];
  const send = (value: number) =>
    client.addEvent({ deviceID, eventType: 'a', date: new Date().toISOString(), value });
  const events = client.live({ deviceID, eventType: ['a'] })[Symbol.asyncIterator]();
  const first = events.next();
  while (opened === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (let value = 0; value < 3; value += 1) {
    await send(value);
    values.push((value === 0 ? await first : await events.next()).value?.value);
  }
  await events.return?.();

  expect(values).toEqual([0, 1, 2]);
  expect(opened).toBeGreaterThan(1);
});

it('a client is told that its key is not good', async () => {
  const client = createClient({ baseUrl: service.url(), apiKey: 'nobody', retry: false });
  const events = client.live({ deviceID: randomUUID(), eventType: ['a'] });

  await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 403 });
});
