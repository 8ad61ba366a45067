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

it('a stream that is cut at random 100 times beside a writer loses nothing, and repeats nothing', {
  tags: 'long',
}, async () => {
  const CUTS = 100;
  const deviceID = randomUUID();
  const eventType = ['a', 'b'];
  let cuts = 0;
  const cutting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    let left = cuts < CUTS ? Math.random() * 4_000 : Number.POSITIVE_INFINITY;
    const broken = new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        controller.enqueue(part.subarray(0, left));
        left -= part.length;
        if (left > 0) return;
        cuts += 1;
        controller.error(new Error('cut'));
      },
    });
    return new Response(response.body?.pipeThrough(broken), { headers: response.headers });
  };
  const settings = { baseUrl: service.url(), apiKey: API_KEY };
  const client = createClient({ ...settings, fetch: cutting, retry: { baseDelayMs: 5 } });
  const writer = createClient(settings);
  const stop = new AbortController();
  const received: string[] = [];
  const following = (async () => {
    const events = client.live({ deviceID, eventType }, { signal: stop.signal });
    for await (const event of events) received.push(`${event.eventType} ${event.value}`);
  })().catch(() => undefined);
  // From the moment of asking: what is sent before is not in the stream.
  await new Promise((resolve) => setTimeout(resolve, 1_000));

  const sent: string[] = [];
  for (let value = 0; cuts < CUTS; value += 1) {
    const events = eventType.map((type) => {
      // Some are late, and some of another day.
      const late = value % 5 === 0 ? Math.random() * 40 * 3_600_000 : 0;
      const date = new Date(Date.now() - late).toISOString();
      return { deviceID, eventType: type, date, id: `${value}`, value };
    });
    await writer.addEvents({ events });
    sent.push(...events.map((event) => `${event.eventType} ${event.value}`));
  }
  await expect.poll(() => new Set(received).size).toBe(sent.length);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  stop.abort();
  await following;

  const counts = {
    cuts,
    lost: sent.length - new Set(received).size,
    twice: received.length - sent.length,
  };
  console.log(`${sent.length} events: ${JSON.stringify(counts)}`);
  expect(counts).toMatchObject({ lost: 0, twice: 0 });
  expect(received.toSorted()).toEqual(sent.toSorted());
});

it('a client is told that its key is not good', async () => {
  const client = createClient({ baseUrl: service.url(), apiKey: 'nobody', retry: false });
  const events = client.live({ deviceID: randomUUID(), eventType: ['a'] });

  await expect(events[Symbol.asyncIterator]().next()).rejects.toMatchObject({ status: 403 });
});
