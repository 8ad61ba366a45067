import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type { EventTypeList, Reply } from '../reply.ts';
import type { Scene } from '../scene.ts';
import { toInstant } from '../values.ts';
import { isSame } from './is-same.ts';

/** Reads the registry of event types, and sends what does not match it. */
export const REGISTRY_CHECKS = {
  'event types that the operator describes': async ({ ask, read }) => {
    const { status, data, etag } = await ask('listEventTypes', {});
    strictEqual(status, 200);
    isSame(data, ((await read('/event-types', {})) as Reply<EventTypeList>).data);
    ok(data?.eventTypes.some(({ unit, numbers }) => unit && numbers[0]?.pointer === ''));
    ok(etag, 'no ETag');
    strictEqual((await ask('listEventTypes', { ifNoneMatch: etag })).status, 304);
  },
  'warnings of values that do not match': async ({ ask, deviceID }) => {
    const event = { deviceID, eventType: 'temp_celsius', date: toInstant(0), value: 'warm' };
    const { status, data } = await ask('addEvent', event);
    strictEqual(status, 201);
    const places = data?.warnings?.map(({ code, pointer }) => [code, pointer]);
    deepStrictEqual(places, [['type', '/value']]);
    const batch = await ask('addEvents', [event, { ...event, value: 21.5 }]);
    const warned = batch.data?.results.map((result) => [
      result.status,
      result.warnings?.[0]?.detail ?? '',
    ]);
    deepStrictEqual(warned, [
      ['duplicate', data?.warnings?.[0]?.detail],
      ['created', ''],
    ]);
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;
