// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
import type { Handlers } from '../src/contract.ts';
import { addEvent } from '../src/handlers/add-event.ts';
import { addEvents } from '../src/handlers/add-events.ts';
import { deleteDevice } from '../src/handlers/delete-device.ts';
import { deleteEvents } from '../src/handlers/delete-events.ts';
import { exportEvents } from '../src/handlers/export-events.ts';
import { getDevice } from '../src/handlers/get-device.ts';
import { getHealth } from '../src/handlers/get-health.ts';
import { getReadiness } from '../src/handlers/get-readiness.ts';
import { listDeviceEventTypes } from '../src/handlers/list-device-event-types.ts';
import { listDevices } from '../src/handlers/list-devices.ts';
import { listEvents } from '../src/handlers/list-events.ts';
import { listLatestEvents } from '../src/handlers/list-latest-events.ts';
import { streamEvents } from '../src/handlers/stream-events.ts';
import { summarizeEvents } from '../src/handlers/summarize-events.ts';

export const handlers: Handlers = {
  addEvent,
  addEvents,
  deleteDevice,
  deleteEvents,
  exportEvents,
  getDevice,
  getHealth,
  getReadiness,
  listDeviceEventTypes,
  listDevices,
  listEvents,
  listLatestEvents,
  streamEvents,
  summarizeEvents,
};
