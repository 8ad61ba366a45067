import { expect } from 'vitest';
import type { OperationId } from '../../src/contract.ts';
import type { Api, NewEvent } from './api.ts';
import { BATCH, EVENT } from './api.ts';
import type { RunSample } from './use-samples.ts';

/** Checks of each operation's sample in any language; `other` runs samples of another language. */
export type Trial = (samples: { run: RunSample; other: RunSample; api: Api }) => Promise<void>;

/** What a sample of any operation must do: run, and end without an error. */
export const runs =
  (id: string): Trial =>
  async ({ run, other }) => {
    await other('addEvents');

    expect(await run(id)).toMatchObject({ status: 0 });
  };

/** The operations whose samples are checked more closely. */
export const TRIALS: Partial<Record<OperationId, Trial>> = {
  async addEvent({ run, api }) {
    expect(await run('addEvent')).toEqual(saying(/created/i));

    expect(await api.readDay(EVENT)).toEqual([toStored(EVENT)]);
    expect(await run('addEvent')).toEqual(saying(/already stored|duplicate/i));
  },

  async addEvents({ run, api }) {
    const three = /(created[\s\S]*){3}|^3 created, 0 duplicates, 0 rejected/;

    expect(await run('addEvents')).toEqual(saying(three));

    for (const sent of BATCH) {
      expect(await api.readLatest(sent)).toContainEqual(toStored(sent));
    }
  },

  async listEvents({ run, other, api }) {
    await other('addEvent');
    const value = await api.storeReading();

    const outcome = await run('listEvents');

    expect(outcome).toEqual(saying(toReading('17:20:35.000Z', value)));
    expect(outcome).toEqual(saying(toReading('17:19:35.000Z', EVENT.value)));
  },

  async listLatestEvents({ run, other, api }) {
    await other('addEvents');
    const value = await api.storeReading();

    const outcome = await run('listLatestEvents');

    expect(outcome).toEqual(saying(toReading('17:20:35.000Z', value)));
    expect(outcome).toEqual(saying(/door_opened/));
  },

  async summarizeEvents({ run, other, api }) {
    await other('addEvent');
    const value = await api.storeReading();

    const outcome = await run('summarizeEvents');

    expect(outcome).toEqual(saying(toMember('count', 2)));
    expect(outcome).toEqual(saying(toMember('min', EVENT.value)));
    expect(outcome).toEqual(saying(toMember('max', value)));
  },

  async exportEvents({ run, other, api }) {
    await other('addEvent');
    const value = await api.storeReading();

    const outcome = await run('exportEvents');

    expect(outcome).toEqual(saying(toReading('17:19:35.000Z', EVENT.value)));
    expect(outcome).toEqual(saying(toReading('17:20:35.000Z', value)));
  },

  // The sample runs for as long as the stream does: it is compiled, and test/handlers/live.test.ts reads one.
  async streamEvents() {},
  async listDevices({ run, other, api }) {
    await other('addEvents');
    await api.readLatest(EVENT);

    expect(await run('listDevices')).toEqual(saying(new RegExp(EVENT.deviceID)));
  },

  async getDevice({ run, other }) {
    await other('addEvents');

    expect(await run('getDevice')).toEqual(saying(toMember('eventTypeCount', 2)));
  },

  async listDeviceEventTypes({ run, other }) {
    await other('addEvents');

    expect(await run('listDeviceEventTypes')).toEqual(saying(/door_opened/));
  },

  async deleteDevice({ run, other, api }) {
    await other('addEvents');
    expect(await api.readLatest(EVENT)).toHaveLength(2);

    expect(await run('deleteDevice')).toMatchObject({ status: 0 });

    expect(await api.readLatest(EVENT)).toEqual([]);
  },

  // It counts, so that nobody deletes events by trying a sample.
  async deleteEvents({ run, other, api }) {
    await other('addEvents');

    expect(await run('deleteEvents')).toEqual(saying(toMember('count', 1)));

    expect(await api.readLatest(EVENT)).toHaveLength(2);
  },

  async getHealth({ run }) {
    expect(await run('getHealth')).toEqual(saying(/status['"]?: ?['"]ok['"]/));
  },

  async getReadiness({ run }) {
    expect(await run('getReadiness')).toEqual(saying(/status['"]?: ?['"]ready['"]/));
  },
};

/** The outcome of a sample that succeeded. */
const saying = (pattern: RegExp) => ({ status: 0, output: expect.stringMatching(pattern) });

/** Matches text as JSON, JavaScript and Python print it. */
const toMember = (name: string, value: unknown): RegExp => new RegExp(`${name}['"]?: ?${value}\\b`);

const toReading = (time: string, value: unknown): RegExp =>
  new RegExp(`${time}['"],\\s*['"]?value['"]?: ?${value}\\b`);

/** An event as read; one without a date has the instant of its arrival. */
const toStored = ({ date, value = null, ...event }: NewEvent) => ({
  ...event,
  date: date ? new Date(date).toISOString() : expect.stringMatching(/Z$/),
  value,
});
