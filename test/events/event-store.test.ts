import { randomUUID } from 'node:crypto';
import type { CommandStartedEvent, Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bucket } from '../../src/events/bucket.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import type { EventStore } from '../../src/events/event-store.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { listDay } from './list-day.ts';

type NewEvent = Parameters<EventStore['add']>[0];

const DAY = '2026-05-05';
const eventType = 'temp_celsius';

const { buckets, connectAgain } = useDatabase();
const store = createEventStore(buckets);

describe('a day of one device and type', () => {
  it('has one bucket when 50 writers send its first events at once', async () => {
    const deviceID = randomUUID();
    const events = timeline(deviceID, 50);

    const outcomes = await Promise.all(events.map((event) => createEventStore(buckets).add(event)));

    expect(new Set(outcomes)).toEqual(new Set(['created']));
    expect(await findBuckets(deviceID)).toMatchObject([{ seq: 0, count: 50 }]);
    expect(await listDay(store, { deviceID, eventType, date: DAY })).toEqual(newestFirst(events));
  });

  it('gives back all of a thousand events', { tags: ['long', 'engine'] }, async () => {
    const events = timeline(randomUUID(), 1_000);

    await addAll(store, events);

    const { deviceID } = events[0] as NewEvent;
    expect(await listDay(store, { deviceID, eventType, date: DAY })).toEqual(newestFirst(events));
  });

  it('is empty when nothing was sent', async () => {
    expect(await listDay(store, { deviceID: randomUUID(), eventType, date: DAY })).toEqual([]);
  });

  it('ends at midnight UTC, whatever the offset', async () => {
    const deviceID = randomUUID();
    const dates = [
      '2026-05-05T23:59:59.999Z',
      '2026-05-06T00:00:00.000Z',
      '2026-05-06T01:30:00+02:00',
      '2026-05-05T23:30:00-01:00',
    ];

    for (const date of dates) await store.add({ deviceID, eventType, date });

    const first = await listDay(store, { deviceID, eventType, date: '2026-05-05' });
    const second = await listDay(store, { deviceID, eventType, date: '2026-05-06' });
    expect(first.map(({ date }) => date)).toEqual([
      '2026-05-05T23:59:59.999Z',
      '2026-05-05T23:30:00.000Z',
    ]);
    expect(second.map(({ date }) => date)).toEqual([
      '2026-05-06T00:30:00.000Z',
      '2026-05-06T00:00:00.000Z',
    ]);
  });

  it('is read newest first, and of one instant the last to arrive first', async () => {
    const deviceID = randomUUID();
    const sent = [
      ['12:00', 1],
      ['13:00', 2],
      ['12:00', 3],
      ['11:00', 4],
      ['13:00', 5],
    ] as const;

    for (const [time, value] of sent) {
      await store.add({ deviceID, eventType, date: `${DAY}T${time}:00Z`, value });
    }

    const read = await listDay(store, { deviceID, eventType, date: DAY });
    expect(read.map(({ value }) => value)).toEqual([5, 2, 3, 1, 4]);
  });

  it('keeps that order over many buckets', async () => {
    const deviceID = randomUUID();
    const date = `${DAY}T12:00:00.000Z`;
    await addAll(store, timeline(deviceID, 250));

    for (const value of ['first', 'second']) await store.add({ deviceID, eventType, date, value });

    const read = await listDay(store, { deviceID, eventType, date: DAY });
    expect(read.slice(0, 2)).toEqual([
      { deviceID, eventType, date, value: 'second' },
      { deviceID, eventType, date, value: 'first' },
    ]);
  });

  it('is the same whatever the case of the deviceID', async () => {
    const deviceID = randomUUID();
    const date = `${DAY}T12:00:00.000Z`;

    await store.add({ deviceID: deviceID.toUpperCase(), eventType, date, value: 1 });

    expect(await store.add({ deviceID, eventType, date, value: 1 })).toBe('duplicate');
    expect(await findBuckets(deviceID)).toMatchObject([{ deviceID, count: 1 }]);
    expect(
      await listDay(store, { deviceID: deviceID.toUpperCase(), eventType, date: DAY }),
    ).toEqual([{ deviceID, eventType, date, value: 1 }]);
  });

  it.each(['$where', 'a.b', '__proto__', 'a\0b', ' x ', 'émoji 🌡', '.*'])(
    'is kept apart by the exact type, as %j',
    async (name) => {
      const deviceID = randomUUID();
      const date = `${DAY}T12:00:00.000Z`;

      await store.add({ deviceID, eventType: name, date, value: 1 });
      await store.add({ deviceID, eventType: `${name}!`, date, value: 2 });

      expect(await store.add({ deviceID, eventType: name, date, value: 1 })).toBe('duplicate');
      expect(await listDay(store, { deviceID, eventType: name, date: DAY })).toEqual([
        { deviceID, eventType: name, date, value: 1 },
      ]);
    },
  );
});

describe.each([
  { length: 600, full: 3, tags: [] },
  { length: 2_600, full: 13, tags: ['long'] },
])('$length events of 20 concurrent writers', ({ length, full, tags }) => {
  const deviceID = randomUUID();
  const events = timeline(deviceID, length);
  const newProcesses = () =>
    Array.from({ length: 20 }, () => createEventStore(collectionOf(connectAgain())));
  const writers: EventStore[] = [];
  beforeAll(() => {
    writers.push(...newProcesses());
  });
  const send = (sent: NewEvent[], stores: EventStore[]) =>
    Promise.all(stores.map((to, i) => addAll(to, everyNth(sent, stores.length, i)))).then((all) =>
      all.flat(),
    );

  it('are each stored once', { tags }, async () => {
    const outcomes = await send(events, writers);

    expect(new Set(outcomes)).toEqual(new Set(['created']));
    expect(await listDay(store, { deviceID, eventType, date: DAY })).toEqual(newestFirst(events));
  });

  it(`fill ${full} buckets`, { tags }, async () => {
    const found = await findBuckets(deviceID);

    expect(found.map(({ seq, count, events: { length } }) => [seq, count, length])).toEqual(
      Array.from({ length: full }, (_, seq) => [seq, 200, 200]),
    );
  });

  it('leave each bucket with the dates of its events and those before', { tags }, async () => {
    const found = await findBuckets(deviceID);
    const times = found.map((bucket) => bucket.events.map(({ date }) => Number(date)));

    expect(found.map(({ first, last, floor }) => [first, last, floor])).toEqual(
      times.map((own, seq) => [
        new Date(Math.min(...own)),
        new Date(Math.max(...own)),
        seq === 0 ? undefined : new Date(Math.max(...times.slice(0, seq).flat())),
      ]),
    );
  });

  const senders = [
    { by: 'the same processes', stores: () => writers },
    { by: 'new processes', stores: newProcesses },
  ];
  const expectNoChange = async (sent: NewEvent[], stores: EventStore[]) => {
    const before = await findBuckets(deviceID);

    const outcomes = await send(sent, stores);

    expect(new Set(outcomes)).toEqual(new Set(['duplicate']));
    expect(await findBuckets(deviceID)).toEqual(before);
  };
  it('change nothing when sent again backwards by the same processes', { tags }, () =>
    expectNoChange(events.toReversed(), writers),
  );
  it('change nothing when sent again backwards by new processes', {
    tags: ['long', 'engine'],
  }, async () => {
    // The tests before it may not have run.
    await send(events, writers);
    await expectNoChange(events.toReversed(), newProcesses());
  });
  it.each(senders)(
    'change nothing when sent again in order by $by',
    { tags: 'long' },
    async ({ stores }) => {
      // In the short version, nothing else of this kind runs before.
      if (tags.length === 0) await send(events, writers);
      await expectNoChange(events, stores());
    },
  );
});

describe('an event', () => {
  it('is stored once when 20 writers send it at once', async () => {
    const event = { deviceID: randomUUID(), eventType, date: `${DAY}T12:00:00.000Z`, value: 1 };

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => createEventStore(buckets).add(event)),
    );

    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await findBuckets(event.deviceID)).toMatchObject([{ count: 1 }]);
  });

  it('is stored once when 20 writers send it at once into a full bucket', {
    tags: ['long', 'engine'],
  }, async () => {
    const deviceID = randomUUID();
    const [event, ...others] = timeline(deviceID, 201).reverse() as [NewEvent, ...NewEvent[]];
    await addAll(store, others.reverse());

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => createEventStore(buckets).add(event)),
    );

    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await findBuckets(deviceID)).toMatchObject([{ count: 200 }, { count: 1 }]);
  });

  it('is kept when it comes late, and stored once', async () => {
    const deviceID = randomUUID();
    const events = timeline(deviceID, 450);
    const late = { deviceID, eventType, date: `${DAY}T00:00:00.500Z`, value: 'late' };
    await addAll(store, events);

    expect(await store.add(late)).toBe('created');
    expect(await createEventStore(buckets).add(late)).toBe('duplicate');

    expect(await listDay(store, { deviceID, eventType, date: DAY })).toEqual(
      newestFirst([...events, late]),
    );
  });

  it('is kept when it comes late and opens the next bucket', {
    tags: ['long', 'engine'],
  }, async () => {
    const deviceID = randomUUID();
    const events = timeline(deviceID, 401).slice(1);
    const late = { deviceID, eventType, date: `${DAY}T00:00:00.000Z`, value: 'late' };
    await addAll(store, events);

    expect(await store.add(late)).toBe('created');
    expect(await store.add(late)).toBe('duplicate');
    expect(await addAll(createEventStore(buckets), events)).not.toContain('created');

    const found = await findBuckets(deviceID);
    expect(found).toMatchObject([{ count: 200 }, { count: 200 }, { count: 1 }]);
    expect(found[2]?.floor).toEqual(found[1]?.last);
  });

  it('is kept to the millisecond', async () => {
    const event = { deviceID: randomUUID(), eventType, date: `${DAY}T12:00:00.9999Z` };

    expect(await store.add(event)).toBe('created');
    expect(await store.add({ ...event, date: `${DAY}T14:00:00.999+02:00` })).toBe('duplicate');
  });
});

describe('two values at one instant', () => {
  it.each([
    [1, 2],
    [null, [null]],
    [[1, 2], [[1, 2]]],
    [5, [5]],
    [5, '5'],
    [0, false],
    ['', null],
    [null, 'null'],
    [{}, []],
    [{}, null],
    [{ a: null }, {}],
    [{ a: 1 }, [{ a: 1 }]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ $a: 1 }, { $a: [1] }],
    [{ $a: 1 }, '{"$a":1}'],
    ['$$ROOT', '$x'],
    [{ a: '$$event.date' }, '$events'],
  ])('are two events where they differ: %j and %j', async (one, other) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ]) {
      const event = { deviceID: randomUUID(), eventType, date: `${DAY}T12:00:00.000Z` };

      expect(await store.add({ ...event, value: first })).toBe('created');
      expect(await store.add({ ...event, value: second })).toBe('created');
      expect(await store.add({ ...event, value: first })).toBe('duplicate');
      expect(await store.add({ ...event, value: second })).toBe('duplicate');

      const read = await listDay(store, { ...event, date: DAY });
      expect(read.map(({ value }) => value)).toEqual([second, first]);
    }
  });

  it.each([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [
      { $a: 1, b: [2] },
      { b: [2], $a: 1 },
    ],
    [0, -0],
    [[{ a: 0 }], [{ a: -0 }]],
    [undefined, null],
  ])('are one event where JSON says that they are the same: case %#', async (one, other) => {
    const event = { deviceID: randomUUID(), eventType, date: `${DAY}T12:00:00.000Z` };

    expect(await store.add({ ...event, value: one })).toBe('created');
    expect(await store.add({ ...event, value: other })).toBe('duplicate');
  });

  it('are both kept, as are 20 that come at once', async () => {
    const event = { deviceID: randomUUID(), eventType, date: `${DAY}T12:00:00.000Z` };
    const values = Array.from({ length: 20 }, (_, i) => ({ reading: i }));

    const send = () =>
      Promise.all(values.map((value) => createEventStore(buckets).add({ ...event, value })));
    expect(new Set(await send())).toEqual(new Set(['created']));
    expect(new Set(await send())).toEqual(new Set(['duplicate']));

    const read = await listDay(store, { ...event, date: DAY });
    expect(read.map(({ value }) => JSON.stringify(value)).sort()).toEqual(
      values.map((value) => JSON.stringify(value)).sort(),
    );
  });

  it('are both kept when the first is in a full bucket', async () => {
    const deviceID = randomUUID();
    const events = timeline(deviceID, 200);
    await addAll(store, events);
    const again = { ...(events.at(-1) as NewEvent), value: 'other' };

    expect(await store.add(again)).toBe('created');
    expect(await store.add(again)).toBe('duplicate');
    expect(await store.add(events.at(-1) as NewEvent)).toBe('duplicate');
  });
});

describe('600 events sent in order', () => {
  it('take one update each, and four commands where a bucket is full', async () => {
    const commands = await watchCommands((watched) => addAll(watched, timeline(randomUUID(), 600)));

    const pushes = commands.filter(({ command }) => command.updates?.[0].u.$push);
    expect(pushes).toHaveLength(602);
    expect(commands.filter(({ command }) => command.update === 'series')).toHaveLength(3);
    expect(commands.filter(({ command }) => command.find)).toHaveLength(2);
  });

  it('take one update each from a new process, once it knows the newest bucket', async () => {
    const events = timeline(randomUUID(), 600);
    await addAll(store, events.slice(0, 450));

    const commands = await watchCommands((watched) => addAll(watched, events.slice(450)));

    const waitedFor = commands.filter(({ command }) => !command.updates?.[0].u.$unset?.unlisted);
    expect(waitedFor.length).toBeLessThanOrEqual(150 + 3);
  });

  it('take a look-up, one update a bucket and two for their series, in batches of more than a bucket', async () => {
    const events = timeline(randomUUID(), 1_600);
    const commands = await watchCommands(async (watched) => {
      await watched.addAll(events.slice(0, 800));
      await watched.addAll(events.slice(800));
    });

    // One look-up and four buckets each time; no statistics of a bucket that got them when it was opened.
    const names = commands.map(({ command, commandName }) =>
      command.update === 'series' ? 'series' : commandName,
    );
    const count = (name: string) => names.filter((each) => each === name).length;
    expect([count('find'), count('aggregate'), count('series')]).toEqual([2, 0, 2]);
    expect(count('update')).toBeLessThanOrEqual(2 * (4 + 1));
  });

  it('are pushed by updates that MongoDB logs as the new element alone', async () => {
    const commands = await watchCommands((watched) => addAll(watched, timeline(randomUUID(), 201)));
    const updates = commands
      .filter(({ commandName }) => commandName === 'update')
      .flatMap(({ command }) => command.updates as Document[])
      .filter(({ u }) => u.$push);

    expect(updates.length).toBeGreaterThan(200);
    for (const { u } of updates) {
      const { $setOnInsert, ...always } = u as Document;
      expect(Object.keys(always).sort()).toEqual(['$inc', '$max', '$min', '$push']);
      expect($setOnInsert ?? { unlisted: true }).toHaveProperty('unlisted');
      expect(Object.keys($setOnInsert ?? {}).length).toBeLessThanOrEqual(2);
      expect(always.$inc).toEqual({ count: 1 });
      expect(Object.keys(always.$push.events).sort()).toEqual(['at', 'date', 'value']);
    }
  });
});

/** Events a second apart, from midnight on. */
function timeline(deviceID: string, length: number): NewEvent[] {
  const start = Date.parse(`${DAY}T00:00:00Z`);
  return Array.from({ length }, (_, i) => ({
    deviceID,
    eventType,
    date: new Date(start + i * 1_000).toISOString(),
    value: i,
  }));
}

const newestFirst = (events: NewEvent[]): NewEvent[] =>
  events.toSorted((a, b) => b.date.localeCompare(a.date));

const everyNth = (events: NewEvent[], n: number, from: number): NewEvent[] =>
  events.filter((_, i) => i % n === from);

async function addAll(to: EventStore, events: NewEvent[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const event of events) outcomes.push(await to.add(event));
  return outcomes;
}

/** A device's buckets, without the statistics: they are written some time after the bucket is full. */
const findBuckets = (deviceID: string): Promise<Bucket[]> =>
  buckets
    .find({ deviceID }, { projection: { _id: 0, stats: 0 }, sort: { date: 1, seq: 1 } })
    .toArray();

/** Records each command that the work sends to the database. */
async function watchCommands(work: (watched: EventStore) => Promise<unknown>) {
  const client = connectAgain();
  const commands: CommandStartedEvent[] = [];
  client.on('commandStarted', (command) => commands.push(command));
  await work(createEventStore(collectionOf(client)));
  return commands;
}
