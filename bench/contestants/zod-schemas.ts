import { z } from 'zod';
import { DAY, INSTANT, MAX_EVENT_TYPE, MAX_ID, NAME, UUID } from './rules.ts';

/** Zod schema of an event in a POST. */
export const newEvent = z
  .strictObject({
    date: z.string().regex(INSTANT).optional(),
    deviceID: z.string().regex(UUID),
    eventType: z.string().min(1).max(MAX_EVENT_TYPE).regex(NAME),
    id: z.string().min(1).max(MAX_ID).regex(NAME).optional(),
    value: z.unknown().optional(),
  })
  .refine(({ date, id }) => date !== undefined || id !== undefined, { path: ['date'] });

/** Zod schema of the query of a GET. */
export const dayQuery = z.object({
  deviceID: z.string().regex(UUID),
  eventType: z.string().min(1).max(MAX_EVENT_TYPE).regex(NAME),
  date: z.string().regex(DAY),
});
