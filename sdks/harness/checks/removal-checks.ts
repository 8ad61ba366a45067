import { deepStrictEqual, strictEqual } from 'node:assert';
import type { Scene } from '../scene.ts';
import { TYPE, toInstant, VALUES } from '../values.ts';

/** Deletes events. These checks come last. */
export const REMOVAL_CHECKS = {
  'counts the events that it would delete': async ({ ask, deviceID }) => {
    const kind = { deviceID, eventType: TYPE };
    const all = await ask('deleteEvents', { ...kind, dryRun: true });
    deepStrictEqual([all.status, all.data?.count], [200, VALUES.length]);
    const range = { since: toInstant(1), until: toInstant(3) };
    const some = await ask('deleteEvents', { ...kind, ...range, dryRun: true });
    deepStrictEqual([some.status, some.data?.count], [200, 2]);
  },
  'deletes the events of a range and of a type': async ({ ask, deviceID }) => {
    const kind = { deviceID, eventType: TYPE };
    const range = { since: toInstant(1), until: toInstant(3) };
    const count = async () => (await ask('deleteEvents', { ...kind, dryRun: true })).data?.count;
    const { status, data } = await ask('deleteEvents', { ...kind, ...range });
    deepStrictEqual([status, data ?? undefined], [204, undefined]);
    strictEqual(await count(), VALUES.length - 2);
    strictEqual((await ask('deleteEvents', { ...kind, dryRun: false })).status, 204);
    strictEqual(await count(), 0);
  },
  'deletes a device': async ({ ask, read, deviceID }) => {
    const { status } = await ask('deleteDevice', { deviceID });
    strictEqual(status, 204);
    deepStrictEqual((await read('/events/latest', { deviceID })).data, { events: [] });
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;
