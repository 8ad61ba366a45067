import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import type { DevicesQuery } from '../driver.ts';
import type { Day, Device } from '../reply.ts';
import type { Ask, Scene } from '../scene.ts';
import { fromEvent, toMillis, toStored } from '../stored.ts';
import { START, TYPE, toInstant, VALUES } from '../values.ts';

/** Lists the devices and what they send. */
export const FLEET_CHECKS = {
  'devices page by page': async ({ ask, deviceID }) => {
    const otherDevice = randomUUID();
    await ask('addEvent', { deviceID: otherDevice, eventType: TYPE, date: toInstant(0) });
    const devices = await listAll(ask, { limit: 1 });
    ok(devices.length > 1, 'one device is no page by page');
    const ids = devices.map((device) => device.deviceID);
    deepStrictEqual(ids, [...ids].sort());
    const device = devices.find((each) => each.deviceID === deviceID);
    ok(device, 'the device is missing');
    strictEqual(toDay(device.firstDay), '2026-05-05');
    ok(Math.abs(toMillis(device.lastReceivedAt) - Date.now()) < 600_000, 'not received just now');
    await ask('deleteDevice', { deviceID: otherDevice });
  },
  'devices that are silent': async ({ ask, deviceID }) => {
    const isListed = async (lastReceivedBefore: string) =>
      (await listAll(ask, { lastReceivedBefore })).some((device) => device.deviceID === deviceID);
    strictEqual(await isListed('2026-01-01T00:00:00Z'), false);
    strictEqual(await isListed(new Date(Date.now() + 3_600_000).toISOString()), true);
  },
  'devices with their newest event of a type': async ({ ask, deviceID }) => {
    const devices = await listAll(ask, { eventType: TYPE, include: 'latest' });
    const device = devices.find((each) => each.deviceID === deviceID);
    deepStrictEqual(fromEvent(device?.latest), VALUES.map(toStored).at(-1));
  },
  'a device, and an unknown one': async ({ ask, deviceID }) => {
    const { status, data } = await ask('getDevice', { deviceID });
    strictEqual(status, 200);
    strictEqual(data?.deviceID, deviceID);
    ok(data.eventTypeCount > 3, `only ${data.eventTypeCount} event types`);
    const unknown = await ask('getDevice', { deviceID: randomUUID() });
    deepStrictEqual([unknown.status, unknown.problem?.type], [404, '/problems/device-unknown']);
  },
  'event types of a device': async ({ ask, deviceID }) => {
    const first = await ask('listDeviceEventTypes', { deviceID, limit: 1 });
    deepStrictEqual(
      first.data?.eventTypes.map(({ eventType }) => eventType),
      ['batch'],
    );
    const cursor = first.data.nextCursor;
    ok(cursor, 'no nextCursor');
    const rest = await ask('listDeviceEventTypes', { deviceID, cursor });
    const type = rest.data?.eventTypes.find(({ eventType }) => eventType === TYPE);
    const instants = [type?.firstEventAt, type?.lastEventAt].map(toMillis);
    deepStrictEqual(instants, [START, START + (VALUES.length - 1) * 1_000]);
    strictEqual(toDay(type?.lastDay), '2026-05-05');
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

/** Some SDKs have an instant for a day. */
const toDay = (day: Day | undefined): string => String(day).slice(0, 10);

async function listAll(ask: Ask, query: DevicesQuery): Promise<Device[]> {
  const devices: Device[] = [];
  let cursor: string | null | undefined;
  do {
    const { status, data } = await ask('listDevices', { ...query, ...(cursor && { cursor }) });
    strictEqual(status, 200);
    devices.push(...(data?.devices ?? []));
    cursor = data?.nextCursor;
  } while (cursor);
  return devices;
}
