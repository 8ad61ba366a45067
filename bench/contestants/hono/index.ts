import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { handle } from 'hono/aws-lambda';
import { addEvent, listEvents, toReceipt } from '../events.ts';
import { dayQuery, newEvent } from '../zod-schemas.ts';

const receipt = z.object({ status: z.string(), message: z.string() });
const event = z.object({
  deviceID: z.string(),
  eventType: z.string(),
  date: z.string(),
  value: z.any(),
  id: z.string().optional(),
});
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { 'application/json': { schema } },
});

const postEvent = createRoute({
  method: 'post',
  path: '/events',
  request: { body: { ...json(newEvent), required: true } },
  responses: {
    201: { ...json(receipt), description: 'The event is stored.' },
    200: { ...json(receipt), description: 'The event was stored before.' },
  },
});

const getDay = createRoute({
  method: 'get',
  path: '/events',
  request: { query: dayQuery },
  responses: {
    200: {
      ...json(z.object({ events: z.array(event) })),
      description: 'The events of the day.',
    },
  },
});

const app = new OpenAPIHono();
app.openapi(postEvent, async (c) => {
  const { status, body } = toReceipt(await addEvent(c.req.valid('json')));
  return c.json(body, status);
});
app.openapi(getDay, async (c) => c.json(await listEvents(c.req.valid('query')), 200));

/** As in the READMEs of @hono/zod-openapi and Hono's adapter for AWS Lambda. */
export const handler = handle(app);
