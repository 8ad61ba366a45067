import type { Handlers } from '../contract.ts';
import { addEvent } from './add-event.ts';
import { addEvents } from './add-events.ts';
import { deleteDeviceEvents } from './delete-device-events.ts';
import { getEventSummary } from './get-event-summary.ts';
import { getEvents } from './get-events.ts';
import { getHealth } from './get-health.ts';
import { getLatestEvents } from './get-latest-events.ts';
import { getReadiness } from './get-readiness.ts';

export const handlers: Handlers = {
  addEvent,
  addEvents,
  deleteDeviceEvents,
  getEventSummary,
  getEvents,
  getHealth,
  getLatestEvents,
  getReadiness,
};
