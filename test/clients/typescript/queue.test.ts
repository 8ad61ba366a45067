import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  EventResult,
  NewEvent,
  Queue,
  QueueEvent,
  QueueOptions,
  QueueStore,
} from '../../../clients/typescript/src/index.ts';
import {
  ConnectionError,
  createQueue,
  ProblemError,
} from '../../../clients/typescript/src/index.ts';
import type { Fault } from './faulty-door.ts';
import { QUICK, useDoor } from './use-door.ts';

const DAY = '2026-05-05';
const { client, direct, door } = useDoor();
const queues: Queue[] = [];
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.close({ deadlineMs: 0 })));
});

const quiet = () => undefined;
const SILENT = {
  flushIntervalMs: 60_000,
  flushAt: 100_000,
  onError: quiet,
  onRejected: quiet,
  onDropped: quiet,
};
// Without retries, each failure ends a flush at once.
const open = (
  options: QueueOptions = {},
  api: Parameters<typeof createQueue>[0] = client({ retry: false }),
) => {
  const queue = createQueue(api, { ...SILENT, ...options });
  queues.push(queue);
  return queue;
};
const device = () => ({ deviceID: randomUUID(), eventType: 'reading' });
const timeline = (
  count: number,
  of = device(),
): Required<Omit<QueueEvent, 'id' | 'receivedAt'>>[] =>
  Array.from({ length: count }, (_, value) => {
    const date = new Date(Date.parse(`${DAY}T00:00:00Z`) + value * 1_000).toISOString();
    return { ...of, date, value };
  });
const addAll = (queue: Queue, events: QueueEvent[]) => {
  for (const event of events) queue.add(event);
};
const valuesOf = (events: { value?: unknown }[]) => events.map(({ value }) => value);
const read = async ({ deviceID, eventType }: QueueEvent) => {
  const all = [];
  const since = `${DAY}T00:00:00Z`;
  const query = { deviceID, eventType, since, order: 'asc', limit: 10_000 } as const;
  for await (const event of direct().events(query)) all.push(event);
  return all;
};
const unavailable: Fault = { status: 503 };

describe('the events of a queue', () => {
  it('are sent in batches of a thousand, in order', async () => {
    const events = timeline(2_500);
    const queue = open();

    addAll(queue, events);
    expect(queue.size).toBe(2_500);
    await queue.flush();

    expect(queue.size).toBe(0);
    expect(door().requests.map(({ url }) => url)).toEqual(Array(3).fill('/events/batch'));
    expect(valuesOf(await read(events[0] as QueueEvent))).toEqual(valuesOf(events));
  });

  it('are sent in batches of at most 4 MiB', async () => {
    const events = timeline(300).map((event) => ({ ...event, value: 'x'.repeat(16_000) }));
    const queue = open();

    addAll(queue, events);
    await queue.flush();

    expect(door().requests).toHaveLength(2);
    expect(await read(events[0] as QueueEvent)).toHaveLength(300);
  });

  it('are stored exactly once, whatever fails', async () => {
    const named = timeline(300);
    const clockless = device();
    const queue = open({}, client({ retry: { ...QUICK, maxTries: 20 } }));
    door().faults.push(
      'lost reply',
      'half a reply',
      'cut',
      unavailable,
      'login page',
      'lost reply',
    );

    addAll(queue, named);
    for (let value = 0; value < 300; value++) queue.add({ ...clockless, value });
    await queue.flush();

    expect(door().requests).toHaveLength(7);
    expect(valuesOf(await read(named[0] as QueueEvent))).toEqual(valuesOf(named));
    expect(valuesOf(await read(clockless as QueueEvent))).toEqual(valuesOf(named));
  });

  it('stay in order while the service cannot be reached, and are sent with later events', async () => {
    const events = timeline(30);
    const queue = open();
    door().faults.push('cut', unavailable);

    addAll(queue, events.slice(0, 10));
    await expect(queue.flush()).rejects.toBeInstanceOf(ConnectionError);
    addAll(queue, events.slice(10, 20));
    await expect(queue.flush()).rejects.toMatchObject({ status: 503 });
    addAll(queue, events.slice(20));
    expect(queue.size).toBe(30);

    await queue.flush();
    expect(valuesOf(await read(events[0] as QueueEvent))).toEqual(valuesOf(events));
  });

  it('stay if the key is refused', async () => {
    const queue = open({}, client({ apiKey: 'revoked' }));

    addAll(queue, timeline(3));
    await expect(queue.flush()).rejects.toMatchObject({ status: 403 });

    expect(queue.size).toBe(3);
  });
});

describe('an event of a queue', () => {
  it('gets an id if it has no date and no id', async () => {
    const sent: NewEvent[] = [];
    const queue = open({}, watching(sent));
    const [dated] = timeline(1);

    queue.add(device());
    queue.add({ ...device(), id: 'boot-1/1' });
    queue.add(dated as QueueEvent);
    await queue.flush();

    expect(sent.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      'boot-1/1',
      undefined,
    ]);
  });

  it('is sent as it was when it was added', async () => {
    const event = { ...device(), date: `${DAY}T00:00:00Z`, value: [1] };
    const queue = open();

    queue.add(event);
    event.value.push(2);
    await queue.flush();

    expect(valuesOf(await read(event))).toEqual([[1]]);
  });

  it('is reported and removed if the service rejects it', async () => {
    const [good, bad] = [timeline(2), { ...device(), date: '2026-02-31T00:00:00Z' }];
    const refused: [QueueEvent, ProblemError][] = [];
    const queue = open({ onRejected: (event, error) => refused.push([event, error]) });

    addAll(queue, [good[0] as QueueEvent, bad, good[1] as QueueEvent]);
    await queue.flush();

    expect(refused).toEqual([[bad, expect.any(ProblemError)]]);
    expect(refused[0]?.[1]).toMatchObject({ type: '/problems/invalid-request', status: 400 });
    expect(await read(good[0] as QueueEvent)).toHaveLength(2);
  });

  it("with a wrong date is reported with the service's time", async () => {
    const refused: ProblemError[] = [];
    const queue = open({ onRejected: (_, error) => refused.push(error) });

    queue.add({ ...device(), date: '2999-01-01T00:00:00Z' });
    await queue.flush();

    expect(refused[0]).toMatchObject({
      type: '/problems/clock-skew',
      serverTime: expect.any(Date),
    });
  });

  it.each([
    ['two-byte characters', {}, 'é'.repeat(8_192)],
    ['room for no date', { id: 'boot-1' }, 'x'.repeat(16_270)],
  ])('that is too large (%s) is reported, and not sent', async (_, fields, value) => {
    const refused: ProblemError[] = [];
    const queue = open({ onRejected: (_, error) => refused.push(error) });

    queue.add({ ...device(), ...fields, value });
    await queue.flush();

    expect(refused).toMatchObject([{ type: '/problems/payload-too-large', status: 413 }]);
    expect(door().requests).toHaveLength(0);
  });

  it('that is too large only by what the service does not store is sent', async () => {
    const refused: ProblemError[] = [];
    const queue = open({ onRejected: (_, error) => refused.push(error) });
    const event = { ...device(), date: '2026-05-05T17:19:35.000Z', value: '' };
    const value = 'x'.repeat(16_384 - JSON.stringify(event).length);

    queue.add({ ...event, value, receivedAt: '2026-05-05T17:21:02.417Z' } as QueueEvent);
    await queue.flush();

    expect([refused, queue.size]).toEqual([[], 0]);
  });

  it.each([400, 413])(
    'does not affect the others if it makes the service refuse a batch with %s',
    async (status) => {
      const events = timeline(40);
      const poison = device();
      const refused: QueueEvent[] = [];
      const api = refusing(poison.deviceID, status);
      const queue = open({ onRejected: (event) => refused.push(event) }, api);

      addAll(queue, [...events.slice(0, 13), poison, ...events.slice(13)]);
      await queue.flush();

      expect(refused).toMatchObject([poison]);
      expect(valuesOf(await read(events[0] as QueueEvent))).toEqual(valuesOf(events));
    },
  );

  it('that failed is sent again before later events', async () => {
    const [first, second, third] = timeline(3) as [QueueEvent, QueueEvent, QueueEvent];
    const sent: NewEvent[] = [];
    const queue = open({}, watching(sent, [['created', 'failed', 'created'], ['failed']]));

    addAll(queue, [first, second, third]);
    await expect(queue.flush()).rejects.toBeInstanceOf(ProblemError);
    expect(queue.size).toBe(1);
    queue.add(third);
    await queue.flush();

    expect(valuesOf(sent)).toEqual([0, 1, 2, 1, 1, 2]);
  });
});

describe('a queue that is full', () => {
  const fill = (options: QueueOptions, events = timeline(5)) => {
    const dropped: unknown[] = [];
    const onDropped = (event: QueueEvent, reason: string) => dropped.push([event.value, reason]);
    const queue = open({ ...options, onDropped });
    addAll(queue, events);
    return { queue, dropped, events };
  };

  it('drops the oldest events, and reports them', async () => {
    const { queue, dropped, events } = fill({ maxEvents: 3 });
    await queue.flush();

    expect(dropped).toEqual([
      [0, 'full'],
      [1, 'full'],
    ]);
    expect(valuesOf(await read(events[0] as QueueEvent))).toEqual([2, 3, 4]);
  });

  it('drops the newest events with drop-newest', async () => {
    const { queue, dropped, events } = fill({ maxEvents: 3, whenFull: 'drop-newest' });
    await queue.flush();

    expect(dropped).toEqual([
      [3, 'full'],
      [4, 'full'],
    ]);
    expect(valuesOf(await read(events[0] as QueueEvent))).toEqual([0, 1, 2]);
  });

  it('counts the bytes that it sends: an escape has more than its character', async () => {
    const event = { ...timeline(1)[0], value: '\ufffd' } as ReturnType<typeof timeline>[number];
    const bytes = Buffer.byteLength(JSON.stringify(event)) + 3;
    const dropped: unknown[] = [];
    for (const maxBytes of [bytes - 1, bytes]) {
      const queue = createQueue(client(), { maxBytes, onDropped: (lost) => dropped.push(lost) });
      queue.add(event);
      expect(await queue.close()).toBe(0);
      expect(dropped).toEqual([event]);
    }
  });

  it('counts bytes too, and has room again after a flush', async () => {
    const bytes = JSON.stringify(timeline(1)[0]).length;
    const { queue, dropped } = fill({ maxBytes: bytes * 3 });
    await queue.flush();
    addAll(queue, timeline(3));

    expect(dropped).toHaveLength(2);
    expect(queue.size).toBe(3);
  });

  it('does not drop events that are being sent', async () => {
    const { queue, dropped } = fill({ maxEvents: 3 }, []);
    const [a, b, c, d, e] = timeline(5);
    door().faults.push('slow');

    addAll(queue, [a, b] as QueueEvent[]);
    const flushed = queue.flush();
    await expect.poll(() => door().requests.length).toBe(1);
    addAll(queue, [c, d, e] as QueueEvent[]);
    await flushed;

    expect(valuesOf(await read(a as QueueEvent))).toEqual([0, 1, 4]);
    expect(dropped).toEqual([
      [2, 'full'],
      [3, 'full'],
    ]);
  });
});

describe('the timer of a queue', () => {
  it('sends as soon as there are enough events', async () => {
    const events = timeline(10);
    const queue = open({ flushAt: 10 });

    addAll(queue, events.slice(0, 9));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(door().requests).toHaveLength(0);
    addAll(queue, events.slice(9));

    await expect.poll(() => queue.size).toBe(0);
    expect(door().requests).toHaveLength(1);
  });

  it('sends after the interval, and retries after failures, which it reports', {
    tags: 'long',
  }, async () => {
    const errors: unknown[] = [];
    const queue = open({ flushIntervalMs: 50, onError: (error) => errors.push(error) });
    door().faults.push('cut', unavailable);

    addAll(queue, timeline(3));

    await expect.poll(() => queue.size).toBe(0);
    expect(errors).toMatchObject([{ name: 'ConnectionError' }, { name: 'ProblemError' }]);
  });

  it('waits as long as Retry-After asks', { tags: 'long' }, async () => {
    const queue = open({ flushIntervalMs: 20, flushAt: 2 });
    door().faults.push({ status: 503, headers: { 'retry-after': '1' } });

    addAll(queue, timeline(2));
    await expect.poll(() => door().requests.length).toBe(1);
    addAll(queue, timeline(4));
    await expect.poll(() => queue.size).toBe(0);

    const [first, second] = door().requests.map(({ at }) => at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
  });
});

describe('a queue with a store', () => {
  it('continues where an earlier one ended, and stores each event once', async () => {
    const disk = createDisk();
    const clockless = { ...device(), value: 'no clock' };
    const earlier = open({ store: disk });
    door().faults.push('lost reply');

    addAll(earlier, [clockless, ...timeline(2, clockless)]);
    await expect(earlier.flush()).rejects.toBeInstanceOf(ConnectionError);
    await expect.poll(() => disk.read()).toHaveLength(3);

    const later = open({ store: disk });
    later.add({ ...clockless, date: `${DAY}T12:00:00Z`, value: 'later' });
    await later.flush();

    expect(valuesOf(await read(clockless))).toEqual([0, 1, 'later', 'no clock']);
    expect(await later.close()).toBe(0);
    expect(disk.read()).toEqual([]);
  });

  it('saves events together that were added together', async () => {
    const disk = createDisk();
    const queue = open({ store: disk });

    addAll(queue, timeline(500));
    await expect.poll(() => disk.read()).toHaveLength(500);

    expect(disk.saves()).toBeLessThanOrEqual(2);
    await queue.close({ deadlineMs: 0 });
  });

  it('never overwrites a store that it could not read', async () => {
    const errors: unknown[] = [];
    const disk = createDisk();
    const load = () => Promise.reject(new Error('The disk is not there yet'));
    const queue = open({ store: { ...disk, load }, onError: (error) => errors.push(error) });

    const events = timeline(2);
    addAll(queue, events);
    await queue.flush();

    expect(errors).toMatchObject([{ message: 'The disk is not there yet' }]);
    expect(disk.saves()).toBe(0);
    expect(await read(events[0] as QueueEvent)).toHaveLength(2);
  });

  it('continues in memory if saving fails', async () => {
    const errors: unknown[] = [];
    const save = () => Promise.reject(new Error('The disk is full'));
    const onError = (error: unknown) => errors.push(error);
    const queue = open({ store: { load: () => [], save }, onError });

    const events = timeline(2);
    addAll(queue, events);
    await queue.flush();

    expect(errors).toMatchObject([{ message: 'The disk is full' }, {}]);
    expect(await read(events[0] as QueueEvent)).toHaveLength(2);
  });
});

describe('closing a queue', () => {
  it('sends the events that are left', async () => {
    const queue = open();
    const events = timeline(3);
    addAll(queue, events);

    expect(await queue.close()).toBe(0);
    expect(await read(events[0] as QueueEvent)).toHaveLength(3);
  });

  it('ends at the deadline, and leaves the rest in the store', async () => {
    const disk = createDisk();
    const queue = open({ store: disk }, client({ retry: QUICK }));
    door().faults.push('silence');
    addAll(queue, timeline(3));

    const start = performance.now();
    expect(await queue.close({ deadlineMs: 200 })).toBe(3);

    expect(performance.now() - start).toBeLessThan(2_000);
    expect(disk.read()).toHaveLength(3);
  });

  it('drops later events, and reports them', async () => {
    const dropped: unknown[] = [];
    const queue = open({ onDropped: (_, reason) => dropped.push(reason) });
    await queue.close();
    addAll(queue, timeline(1));

    expect(dropped).toEqual(['closed']);
    expect(queue.size).toBe(0);
  });
});

type Batch = { events: readonly NewEvent[] };

/** A client that reports the given outcomes for the first batches, since the service rarely fails single events. */
function watching(sent: NewEvent[], replies: EventResult['status'][][] = []) {
  return {
    ...direct(),
    async addEvents({ events }: Batch): Promise<{ results: EventResult[] }> {
      sent.push(...events);
      const [statuses] = replies.splice(0, 1);
      if (!statuses) return direct().addEvents({ events });
      return { results: statuses.map((status) => ({ status })) };
    },
  };
}

/** A client of an API that refuses every batch with an event of the device. */
function refusing(deviceID: string, status: number) {
  const told = {
    type: '/problems/invalid-request',
    title: 'Refused',
    detail: 'Refused',
    requestId: '',
  };
  return {
    ...direct(),
    async addEvents({ events }: Batch): Promise<{ results: EventResult[] }> {
      const isRefused = events.some((event) => event.deviceID === deviceID);
      if (isRefused) throw new ProblemError({ ...told, status });
      return direct().addEvents({ events });
    },
  };
}

/** A store that keeps text, like a file. */
function createDisk(): QueueStore & { read(): NewEvent[]; saves(): number } {
  let text = '[]';
  let saves = 0;
  const read = () => JSON.parse(text);
  return {
    read,
    saves: () => saves,
    load: async () => read(),
    async save(events) {
      saves += 1;
      text = JSON.stringify(events);
    },
  };
}
