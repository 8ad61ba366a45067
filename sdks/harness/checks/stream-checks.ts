import { deepStrictEqual, strictEqual } from 'node:assert';
import type { Scene } from '../scene.ts';
import { fromEvent, fromStream, toStored } from '../stored.ts';
import { TYPE, toInstant, VALUES } from '../values.ts';

/** Reads streams. */
export const STREAM_CHECKS = {
  'exports lines': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: TYPE, since: toInstant(0) };
    const { status, data } = await ask('exportEvents', query);
    strictEqual(status, 200);
    const lines = (data ?? '').trimEnd().split('\n');
    deepStrictEqual(JSON.parse(lines.pop() ?? ''), { complete: true });
    const events = lines.map((line) => fromEvent(JSON.parse(line)));
    deepStrictEqual(events, VALUES.map(toStored));
  },
  'events as they arrive': async ({ ask, readPlace, deviceID }) => {
    const eventType = ['live/of-all', 'live/of-none'];
    const lastEventID = await readPlace({ deviceID, eventType });
    const values = [{ celsius: 21.4 }, 'Grüße'];
    for (const value of values) {
      const date = new Date().toISOString();
      await ask('addEvent', { deviceID, eventType: 'live/of-all', date, value });
    }
    const { status, data } = await ask('streamEvents', {
      deviceID,
      eventType,
      lastEventID,
      count: values.length,
    });
    strictEqual(status, 200);
    deepStrictEqual(
      fromStream(data).map(({ value }) => value),
      values,
    );
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;
