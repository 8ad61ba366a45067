import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  Client,
  EventResult,
  NewEvent,
  Queue,
  QueueEvent,
  QueueOptions,
  QueueStore,
} from '../../../clients/typescript/src/index.ts';
import { createQueue, ProblemError } from '../../../clients/typescript/src/index.ts';
import type { Fault } from './faulty-door.ts';
import { useDoor } from './use-door.ts';

// An event that was handed over is stored once, or the application is told why not.
const { client, direct, door } = useDoor();
const queues: Queue[] = [];
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.close({ deadlineMs: 0 })));
});

/** Opens a queue that writes down what it tells. */
const open = (
  options: QueueOptions = {},
  api: Parameters<typeof createQueue>[0] = client({ retry: false }),
) => {
  const told: unknown[][] = [];
  const tell =
    (name: string) =>
    (...parts: unknown[]) =>
      void told.push([name, ...parts]);
  const queue = createQueue(api, {
    flushIntervalMs: 60_000,
    flushAt: 100_000,
    onStored: tell('stored'),
    onRejected: tell('rejected'),
    onDropped: tell('dropped'),
    onError: tell('error'),
    ...options,
  });
  queues.push(queue);
  const of = (name: string) => told.filter(([kind]) => kind === name).map(([, ...rest]) => rest);
  return { queue, of };
};
const series = (count: number) => {
  const of = { deviceID: randomUUID(), eventType: 'reading' };
  return Array.from({ length: count }, (_, value) => ({
    ...of,
    date: new Date(Date.UTC(2026, 4, 5) + value).toISOString(),
    value,
  }));
};
const addAll = (queue: Queue, events: QueueEvent[]) => {
  for (const event of events) queue.add(event);
};
const read = async ([first]: QueueEvent[]) => {
  const { deviceID = '', eventType = '' } = first ?? {};
  const query = { deviceID, eventType, date: '2026-05-05', limit: 10_000 };
  return (await direct().listEvents(query)).events;
};
const FOREIGN: [string, Fault][] = [
  ['squid', { status: 400, headers: { 'content-type': 'text/html' }, body: '<h1>squid</h1>' }],
  [
    'a proxy with problems of its own',
    { status: 400, body: toProblem('https://proxy.example/bad') },
  ],
  ['a proxy with empty problems', { status: 400, body: toProblem('about:blank') }],
  ['nginx with a limit', { status: 413, body: '<h1>413 Request Entity Too Large</h1>' }],
  ['a load balancer', { status: 400 }],
];

describe('a refusal', () => {
  it.each(FOREIGN)('by %s, not the API, costs no event', async (_, fault) => {
    const events = series(20);
    const { queue, of } = open();
    door().faults.push(...Array<Fault>(30).fill(fault));

    addAll(queue, events);
    await expect(queue.flush()).rejects.toMatchObject({ name: 'ProblemError' });

    expect([queue.size, of('rejected')]).toEqual([20, []]);
    expect(door().requests.length).toBeLessThan(10);
    door().faults.length = 0;
    await queue.flush();
    expect(await read(events)).toHaveLength(20);
  });

  it('of a large batch by a proxy lets smaller batches through', async () => {
    const events = series(64);
    const { queue } = open({}, limited(10));

    addAll(queue, events);
    await queue.flush();

    expect(await read(events)).toHaveLength(64);
  });
});

describe('the pause after a failure', () => {
  it('is random above Retry-After, so that a fleet does not come back at once', async () => {
    const [tries] = await fleet(500, 90_000, 61_000);

    const waits = tries.map(([first = 0, second = 0]) => second - first);
    expect(waits).toHaveLength(500);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(61_000);
    expect(mostWithin(250, waits)).toBeLessThanOrEqual(500 * 0.04);
  });

  it('grows up to minutes, and its bound is the same for everybody', async () => {
    const [tries] = await fleet(50, 3_600_000);

    const last = tries.map((times) => Number(times.at(-1)) - Number(times.at(-2)));
    expect(Math.max(...last)).toBeGreaterThan(120_000);
    expect(Math.max(...last)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...last)).toBeLessThan(60_000);
    // Full jitter: 10 s on average after the first failure.
    const first = tries.map(([one = 0, two = 0]) => two - one);
    expect(Math.max(...first)).toBeLessThanOrEqual(20_000);
    expect(mostWithin(500, first)).toBeLessThan(15);
    expect(Math.max(...tries.map(({ length }) => length))).toBeLessThan(80);
  });

  it('is short again after progress, although one event keeps failing', async () => {
    const [tries, queues] = await fleet(20, 3_600_000, undefined, (events) =>
      events.map(({ value }) => ({ status: value === 0 ? 'failed' : 'created' })),
    );

    expect(Math.max(...queues.map(({ size }) => size))).toBeLessThan(40);
    expect(Math.min(...tries.map(({ length }) => length))).toBeGreaterThan(100);
  });

  it('is never a day, whatever Retry-After asks', async () => {
    const [tries] = await fleet(3, 90_000_000, 1e15);

    // Within 25 hours; the last one when the queue closes.
    expect(tries.map(({ length }) => length)).toEqual([4, 4, 4]);
  });

  it.each([0, 1])('is not without bounds if the interval is %s ms', async (flushIntervalMs) => {
    const [tries] = await fleet(3, 600_000, 0, undefined, { flushIntervalMs });

    expect(Math.max(...tries.map(({ length }) => length))).toBeLessThan(60);
  });

  it('is random before the first try, too: a fleet is switched on together', async () => {
    const [tries] = await fleet(500, 10_000);

    expect(
      mostWithin(
        250,
        tries.map(([first = 0]) => first),
      ),
    ).toBeLessThanOrEqual(50);
  });
});

describe('what a queue tells', () => {
  it('is each event that was stored, with its outcome', async () => {
    const events = series(3);
    await direct().addEvent(events[1] as NewEvent);
    const { queue, of } = open();

    addAll(queue, [...events, { ...(events[0] as QueueEvent), date: undefined } as never]);
    await queue.flush();

    const stored = of('stored') as [NewEvent, { status: string; date?: string }][];
    expect(stored.map(([{ value }, { status }]) => [value, status])).toEqual([
      [0, 'created'],
      [1, 'duplicate'],
      [2, 'created'],
      [0, 'created'],
    ]);
    expect(stored[3]?.[1].date).toMatch(/Z$/);
  });

  it.each([
    ['throws', () => expect.fail('A fault of the application')],
    ['rejects', () => Promise.reject(new Error('A fault of the application'))],
  ])('goes on if a callback %s: nobody else misses a notice', async (_, fail) => {
    const events = series(10).map((event, index) =>
      index % 2 ? event : { ...event, date: '2026-02-31T00:00:00Z' },
    );
    const asked: string[] = [];
    const callback = (name: string) => () => {
      asked.push(name);
      return fail();
    };
    const errors: unknown[] = [];
    const { queue } = open({
      onRejected: callback('rejected'),
      onStored: callback('stored'),
      onDropped: callback('dropped'),
      onError: (error) => errors.push(error),
      maxEvents: 10,
    });

    addAll(queue, [...series(1), ...events]);
    await queue.flush();

    expect(asked.toSorted()).toEqual([
      'dropped',
      ...Array(5).fill('rejected'),
      ...Array(5).fill('stored'),
    ]);
    await expect.poll(() => errors).toHaveLength(11);
    expect(queue.size).toBe(0);
  });

  it('is written to the console if nobody listens', async () => {
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const options = { onRejected: undefined, onDropped: undefined, onError: undefined };
    const { queue } = open({ ...options, maxEvents: 1, flushIntervalMs: 1 } as never);
    door().faults.push('cut');

    addAll(queue, [
      ...series(1),
      { ...(series(1)[0] as QueueEvent), date: '2026-02-31T00:00:00Z' },
    ]);
    await expect.poll(() => queue.size).toBe(0);

    const text = lines.mock.calls.map(([line]) => line).join('\n');
    expect(text).toMatch(/dropped.*full/);
    expect(text).toMatch(/No response from/);
    expect(text).toMatch(/rejected.*real instant/);
  });

  it.each([
    [Number.NaN, /NaN/],
    [{ celsius: [Number.NEGATIVE_INFINITY] }, /-Infinity/],
    [new Date(Number.NaN), /Invalid Date/],
    [12n, /BigInt/],
  ])('is that %s cannot be sent, as soon as it is added', async (value, message) => {
    const { queue, of } = open();
    const event = { ...(series(1)[0] as QueueEvent), value };

    queue.add(event);

    expect(of('rejected')).toEqual([
      [event, expect.objectContaining({ name: 'ProblemError', status: 400 })],
    ]);
    expect(String(of('rejected')[0]?.[1])).toMatch(message);
    expect(queue.size).toBe(0);
  });
});

describe('closing', () => {
  const never = () => new Promise<never>(() => undefined);
  const fail = () => Promise.reject(new Error('The disk is gone'));

  it.each<[string, Partial<QueueStore>]>([
    ['loading never ends', { load: never }],
    ['saving never ends', { save: never }],
    ['loading and saving never end', { load: never, save: never }],
  ])('ends at the deadline if %s, and tells which events are lost', async (_, store) => {
    const { queue, of } = open({ store: { load: () => [], save: () => undefined, ...store } });
    door().faults.push('silence');
    addAll(queue, series(3));

    const start = performance.now();
    const left = await queue.close({ deadlineMs: 200 });

    expect(performance.now() - start).toBeLessThan(400);
    expect([left, queue.size]).toEqual([0, 0]);
    expect(of('dropped').map(([, reason]) => reason)).toEqual(Array(3).fill('not-saved'));
  });

  it('does not count events that the store failed to save', async () => {
    const { queue, of } = open({ store: { load: () => [], save: fail } });
    door().faults.push('cut');
    addAll(queue, series(7));

    expect(await queue.close({ deadlineMs: 1_000 })).toBe(0);

    expect(of('dropped')).toHaveLength(7);
    expect(of('error')[0]).toMatchObject([{ message: 'The disk is gone' }]);
  });

  it('counts what the store has, even if it fails at the end', async () => {
    let saved: NewEvent[] = [];
    let isBroken = false;
    const save = async (events: NewEvent[]) => {
      if (isBroken) throw new Error('The disk is gone');
      saved = events;
    };
    const { queue, of } = open({ store: { load: () => [], save } });
    door().faults.push('cut');
    const events = series(5);
    addAll(queue, events.slice(0, 3));
    await expect.poll(() => saved).toHaveLength(3);
    isBroken = true;
    addAll(queue, events.slice(3));

    expect(await queue.close({ deadlineMs: 1_000 })).toBe(3);

    expect(of('dropped').map(([event]) => event)).toEqual(events.slice(3));
  });

  it('without a store tells which events were not sent', async () => {
    const { queue, of } = open();
    door().faults.push('cut');
    const events = series(2);
    addAll(queue, events);

    expect(await queue.close()).toBe(2);

    expect(of('dropped')).toEqual(events.map((event) => [event, 'closed']));
  });

  it('does not write to the store afterwards', async () => {
    let finish: (events: NewEvent[]) => void = () => undefined;
    const save = vi.fn();
    const load = () =>
      new Promise<NewEvent[]>((resolve) => {
        finish = resolve;
      });
    const { queue } = open({ store: { load, save } });
    addAll(queue, series(1));
    await queue.close({ deadlineMs: 50 });

    finish(series(2) as NewEvent[]);
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(save).not.toHaveBeenCalled();
  });
});

describe('a store that does not answer', () => {
  it('does not stop the queue from sending', { tags: 'long', timeout: 20_000 }, async () => {
    const { queue, of } = open({
      store: { load: () => new Promise(() => undefined), save: () => undefined },
      flushIntervalMs: 10,
    });
    const events = series(2);
    addAll(queue, events);

    await expect.poll(() => queue.size, { timeout: 15_000 }).toBe(0);

    expect(await read(events)).toHaveLength(2);
    expect(String(of('error')[0])).toMatch(/store/);
  });
});

function toProblem(type: string): string {
  return JSON.stringify({ type, title: 'No', status: 400, detail: 'No', requestId: '1' });
}

/** A client behind a proxy that answers 413 for more than so many events. */
function limited(maxEvents: number): Client {
  return {
    ...direct(),
    addEvents: async (batch: { events: readonly QueueEvent[] }) => {
      if (batch.events.length <= maxEvents) return direct().addEvents(batch);
      throw new ProblemError({
        type: 'about:blank',
        title: 'Too large',
        status: 413,
        detail: '',
        requestId: '',
      });
    },
  };
}

type Reply = (events: readonly QueueEvent[]) => EventResult[];

/**
 * Runs queues that start together for a time, with a simulated clock; each gets an event at its start, and one per
 * minute. Returns the times of each one's tries in milliseconds.
 */
async function fleet(
  count: number,
  ms: number,
  retryAfterMs?: number,
  reply?: Reply,
  options: QueueOptions = {},
): Promise<[number[][], Queue[]]> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'setInterval'] });
  const start = performance.now();
  const down = { type: '/problems/database-unavailable', title: 'Down', detail: '' };
  const tries: number[][] = [];
  const members = Array.from({ length: count }, () => {
    const times: number[] = [];
    tries.push(times);
    const addEvents = async ({ events }: { events: readonly QueueEvent[] }) => {
      times.push(performance.now() - start);
      if (reply) return { results: reply(events) };
      throw new ProblemError({ ...down, status: 503, requestId: '' }, retryAfterMs);
    };
    const quiet = () => undefined;
    const queue = createQueue({ addEvents }, { onError: quiet, onDropped: quiet, ...options });
    addAll(queue, series(1));
    return queue;
  });
  let value = 0;
  const minutes = setInterval(() => {
    value += 1;
    for (const queue of members) queue.add({ ...(series(1)[0] as QueueEvent), value });
  }, 60_000);
  await vi.advanceTimersByTimeAsync(ms);
  clearInterval(minutes);
  const closed = members.map((queue) => queue.close({ deadlineMs: 0 }));
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(closed);
  vi.useRealTimers();
  return [tries, members];
}

/** The most of the times that lie within one window. */
function mostWithin(windowMs: number, times: number[]): number {
  const counts = times.map(
    (from) => times.filter((time) => time >= from && time < from + windowMs).length,
  );
  return Math.max(...counts);
}
