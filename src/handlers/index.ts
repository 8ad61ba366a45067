import type { Handlers } from '../contract.ts';
import { addEvent } from './add-event.ts';
import { getEvents } from './get-events.ts';
import { getHealth } from './get-health.ts';

export const handlers: Handlers = { addEvent, getEvents, getHealth };
