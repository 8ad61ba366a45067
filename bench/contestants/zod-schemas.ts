import { z } from 'zod';
import { DAY, INSTANT, MAX_EVENT_TYPE, MAX_ID, UUID } from './rules.ts';

/** What a device sends, for those that validate with Zod. */
export const newEvent = z.strictObject({
  date: z.string().regex(INSTANT),
  deviceID: z.string().regex(UUID),
  eventType: z.string().min(1).max(MAX_EVENT_TYPE),
  id: z.string().min(1).max(MAX_ID).optional(),
  value: z.unknown().optional(),
});

/** What a dashboard asks for. */
export const dayQuery = z.object({
  deviceID: z.string().regex(UUID),
  eventType: z.string().min(1).max(MAX_EVENT_TYPE),
  date: z.string().regex(DAY),
});
