import { randomUUID } from 'node:crypto';
import type { CommandStartedEvent, Document } from 'mongodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Sent = { eventType?: string; date?: string; value?: unknown; id?: string };
type Page = { events: { eventType: string; value: unknown }[]; nextCursor?: string };

const database = useDatabase();
const commands: Document[] = [];
let watched: ApiHandler;
let other: ApiHandler;
beforeAll(() => {
  const client = database.connectAgain();
  client.on('commandStarted', ({ command }: CommandStartedEvent) => commands.push(command));
  watched = createApiHandler(client);
  other = createApiHandler(database.connectAgain());
});
const series = () => database.client.db().collection('series');

const DAY = Date.parse('2026-05-05');
const at = (second: number): string => new Date(DAY + second * 1_000).toISOString();
const toEvent = (deviceID: string, { eventType = 't', date = at(0), ...more }: Sent) => ({
  deviceID,
  eventType,
  date,
  ...more,
});

const post = async (to: ApiHandler, deviceID: string, sent: Sent): Promise<string> => {
  const body = JSON.stringify(toEvent(deviceID, sent));
  return JSON.parse((await to(proxyEvent({ method: 'POST', path: '/events', body }))).body).status;
};
const postAll = async (to: ApiHandler, deviceID: string, sent: Sent[]): Promise<string[]> => {
  const body = JSON.stringify({ events: sent.map((each) => toEvent(deviceID, each)) });
  const reply = await to(proxyEvent({ method: 'POST', path: '/events/batch', body }));
  return JSON.parse(reply.body).results.map(({ status }: { status: string }) => status);
};
const erase = async (to: ApiHandler, deviceID: string): Promise<void> => {
  const event = proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` });
  expect((await to({ ...event, pathParameters: { deviceID } })).statusCode).toBe(204);
};
const latest = async (to: ApiHandler, query: Record<string, string>): Promise<Page> => {
  const reply = await to(proxyEvent({ path: '/events/latest', query }));
  expect(reply.statusCode).toBe(200);
  return JSON.parse(reply.body);
};
const valuesOf = ({ events }: Page) => events.map(({ eventType, value }) => [eventType, value]);
const fill = (length: number, from = 0): Sent[] =>
  Array.from({ length }, (_, nth) => ({ date: at(from + nth), value: from + nth }));

/** What no request waits for: the end of the mark `unlisted`, and statistics. */
const isLeftForLater = ({ updates = [], pipeline = [] }: Document): boolean =>
  updates.some(({ u }: Document) => u.$unset?.unlisted === '' || u.$set?.stats) ||
  pipeline.some(({ $project }: Document) => $project?.edits);

/** Where each command went that the work waited for, as `update events`. */
const watch = async (work: () => Promise<unknown>): Promise<string[]> => {
  commands.length = 0;
  await work();
  return commands
    .filter((command) => !isLeftForLater(command))
    .map((command) => Object.entries(command)[0]?.join(' ') ?? '');
};

describe('the series', () => {
  it('costs one round trip where a bucket is opened, and none where it is not', async () => {
    const device = randomUUID();
    const first = await watch(() => post(watched, device, { date: at(0) }));
    const second = await watch(() => post(watched, device, { date: at(1) }));
    await postAll(watched, device, fill(198, 2));
    const successor = await watch(() => post(watched, device, { date: at(300) }));
    const last = await watch(() => post(watched, device, { date: at(301) }));

    expect(first.slice(0, 2)).toEqual(['update events', 'update series']);
    expect(second).toEqual(['update events']);
    expect(successor.slice(0, 4)).toEqual([
      'update events',
      'find events',
      'update events',
      'update series',
    ]);
    expect(last).toEqual(['update events']);
  });

  it('is written once by a batch that opens several buckets', async () => {
    const all = await watch(() => postAll(watched, randomUUID(), fill(950)));

    expect(all.filter((command) => command === 'update series')).toHaveLength(1);
  });

  it('has the days and the newest bucket of a device and type, and when one was opened', async () => {
    const deviceID = randomUUID();
    const before = new Date();
    await post(watched, deviceID, { date: '2026-05-06T12:00:00Z' });
    await postAll(other, deviceID, fill(201));
    await post(other, deviceID, { date: '2026-05-04T12:00:00Z' });

    const [own, ...others] = await series().find({ deviceID }).toArray();
    const newest = await database.buckets.findOne({ deviceID, date: new Date('2026-05-06') });

    expect(others).toEqual([]);
    expect(own).toMatchObject({
      deviceID,
      eventType: 't',
      firstDay: new Date('2026-05-04'),
      newest: { date: new Date('2026-05-06'), seq: 0, _id: newest?._id },
    });
    expect(own?.lastOpenedAt >= before).toBe(true);
  });
});

describe('a bucket whose writer died before it wrote the series', () => {
  /** As that writer left it. */
  const loseSeries = async (deviceID: string): Promise<void> => {
    await vi.waitFor(async () =>
      expect(await database.buckets.findOne({ deviceID, unlisted: true } as object)).toBeNull(),
    );
    await database.buckets.updateMany({ deviceID }, { $set: { unlisted: true } } as object);
    await series().deleteMany({ deviceID });
  };

  it.each([
    ['stores the next event', fill(1), { date: at(9), value: 9 }, 'created', 9],
    ['stores a late event', fill(1, 5), { date: at(1), value: 1 }, 'created', 5],
    ['opens the next bucket', fill(200), { date: at(900), value: 900 }, 'created', 900],
    ['finds the event, by its value', fill(1), { value: 0 }, 'duplicate', 0],
    ['finds it by its value in a full bucket', fill(200), { value: 0 }, 'duplicate', 199],
    ['finds it by its id', [{ id: 'a', value: 0 }], { id: 'a' }, 'duplicate', 0],
  ])('is found by whoever %s', async (_, sent, next, outcome, value) => {
    const deviceID = randomUUID();
    await postAll(other, deviceID, sent);
    await loseSeries(deviceID);

    expect(await post(other, deviceID, next)).toBe(outcome);

    expect(valuesOf(await latest(watched, { deviceID }))).toEqual([['t', value]]);
  });

  it('costs the pushes after it one round trip again', async () => {
    const deviceID = randomUUID();
    await postAll(other, deviceID, fill(2));
    await loseSeries(deviceID);

    await post(other, deviceID, { date: at(3) });
    await vi.waitFor(async () =>
      expect(
        await watch(() => post(watched, deviceID, { date: at(Math.random() * 80_000) })),
      ).toEqual(['update events']),
    );
  });
});

describe('the latest events', () => {
  it('of 120 types take three round trips at most, wherever they are', async () => {
    const deviceID = randomUUID();
    const names = Array.from({ length: 120 }, (_, nth) => `type-${String(nth).padStart(3, '0')}`);
    await postAll(
      other,
      deviceID,
      names.map((eventType) => ({ eventType, value: 0 })),
    );
    // Late events fill the newest bucket of these: the newest event is in the one before.
    for (const eventType of names.slice(0, 2)) {
      const late = fill(230).map((_, nth) => ({
        eventType,
        date: at(900 - nth),
        // Which means something to the database.
        value: nth === 0 ? '$x' : nth,
      }));
      for (const each of late) await postAll(other, deviceID, [each]);
    }
    // The newest bucket of this one is lost.
    const [lost = ''] = names.slice(50);
    await postAll(other, deviceID, [
      { eventType: lost, date: '2026-05-07T00:00:00Z', value: 'lost' },
    ]);
    await database.buckets.deleteOne({ deviceID, eventType: lost, date: new Date('2026-05-07') });

    let page: Page = { events: [] };
    const trips = await watch(async () => {
      page = await latest(watched, { deviceID, limit: '1000' });
    });

    expect(trips.length).toBeLessThanOrEqual(3);
    expect(valuesOf(page)).toEqual(names.map((eventType, nth) => [eventType, nth < 2 ? '$x' : 0]));
  });

  it('of a deleted device read no buckets, and those sent since are there', async () => {
    const deviceID = randomUUID();
    await postAll(other, deviceID, [...fill(3), { eventType: 'u', date: '2026-05-09T00:00:00Z' }]);
    const deletion = await watch(() => erase(watched, deviceID));

    const trips = await watch(async () => {
      expect(await latest(watched, { deviceID })).toEqual({ events: [] });
    });
    await post(watched, deviceID, { eventType: 'u', date: at(7), value: 7 });

    // The first two go at once.
    expect(deletion.slice(0, 2).sort()).toEqual(['update events', 'update series']);
    expect(deletion.slice(2)).toEqual(['find events', 'update events', 'update series']);
    expect(trips).toEqual(['find series']);
    expect(valuesOf(await latest(watched, { deviceID }))).toEqual([['u', 7]]);
    const [own] = await series().find({ deviceID, eventType: 'u' }).toArray();
    expect(own).toMatchObject({ firstDay: new Date(DAY), newest: { date: new Date(DAY) } });
    expect(own).not.toHaveProperty('emptied');
    expect(own).not.toHaveProperty('emptying');
  });

  it('are found that came while the buckets of a later day were emptied', async () => {
    const deviceID = randomUUID();
    const later = fill(201).map((each) => ({ ...each, date: each.date?.replace('-05T', '-06T') }));
    await postAll(other, deviceID, later as Sent[]);
    const [before] = await series().find({ deviceID }).toArray();
    await erase(watched, deviceID);
    await post(other, deviceID, { date: at(7), value: 7 });
    // The end of the deletion finds its mark gone, if that event comes before it.
    await series().updateOne({ deviceID }, { $set: { newest: before?.newest } });

    expect(valuesOf(await latest(watched, { deviceID }))).toEqual([['t', 7]]);
    const device = await watched(proxyEvent({ path: `/devices/${deviceID}` }));
    expect(JSON.parse(device.body)).toMatchObject({ lastEventAt: at(7) });
  });

  it('are those of one instant that came last, with values that mean something to the database', async () => {
    const deviceID = randomUUID();
    for (const value of [1, '$x', '$$ROOT']) await post(other, deviceID, { value });

    expect(valuesOf(await latest(watched, { deviceID }))).toEqual([['t', '$$ROOT']]);
  });

  it('of 5,000 types are read in pages', { tags: ['long'] }, async () => {
    const deviceID = randomUUID();
    const names = Array.from({ length: 5_000 }, (_, nth) => `type-${String(nth).padStart(4, '0')}`);
    for (let from = 0; from < names.length; from += 250) {
      const part = names.slice(from, from + 250).map((eventType) => ({ eventType, value: from }));
      expect(new Set(await postAll(other, deviceID, part))).toEqual(new Set(['created']));
    }
    const types: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const query = { deviceID, limit: '1000', ...(cursor && { cursor }) };
      const trips = await watch(async () => {
        const page = await latest(watched, query);
        types.push(...page.events.map(({ eventType }) => eventType));
        cursor = page.nextCursor;
      });
      expect(trips.length).toBeLessThanOrEqual(3);
    }
    expect(types).toEqual(names);
  });
});
