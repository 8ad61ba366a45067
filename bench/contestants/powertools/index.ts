import { RequestValidationError, Router } from '@aws-lambda-powertools/event-handler/http';
import type { Context } from 'aws-lambda';
import { addEvent, listEvents, toReceipt } from '../events.ts';
import { dayQuery, newEvent } from '../zod-schemas.ts';

const app = new Router();
app.post(
  '/events',
  async ({ valid }) => {
    const { status, body } = toReceipt(await addEvent(valid.req.body));
    return { statusCode: status, body: JSON.stringify(body) };
  },
  { validation: { req: { body: newEvent } } },
);
app.get(
  '/events',
  async ({ valid }) => {
    const body = await listEvents(valid.req.query);
    return { statusCode: 200, body: JSON.stringify(body) };
  },
  { validation: { req: { query: dayQuery } } },
);
// Powertools responds with 422; the contract wants 400.
app.errorHandler(RequestValidationError, async (error) => ({
  statusCode: 400,
  body: JSON.stringify(error.toJSON()),
}));

/** As in the documentation of Powertools' event handler for HTTP APIs. */
export const handler = async (event: unknown, context: Context) => app.resolve(event, context);
