import type { Handlers } from '../contract.ts';
import { addEvent } from './add-event.ts';
import { addEvents } from './add-events.ts';
import { deleteDevice } from './delete-device.ts';
import { exportEvents } from './export-events.ts';
import { getDevice } from './get-device.ts';
import { getHealth } from './get-health.ts';
import { getReadiness } from './get-readiness.ts';
import { listDeviceEventTypes } from './list-device-event-types.ts';
import { listDevices } from './list-devices.ts';
import { listEventTypes } from './list-event-types.ts';
import { listEvents } from './list-events.ts';
import { listLatestEvents } from './list-latest-events.ts';
import { streamEvents } from './stream-events.ts';
import { summarizeEvents } from './summarize-events.ts';

export const handlers: Handlers = {
  addEvent,
  addEvents,
  deleteDevice,
  exportEvents,
  getDevice,
  getHealth,
  getReadiness,
  listDeviceEventTypes,
  listDevices,
  listEventTypes,
  listEvents,
  listLatestEvents,
  streamEvents,
  summarizeEvents,
};
