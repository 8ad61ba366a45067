import express, { type NextFunction, type Request, type Response } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import serverless from 'serverless-http';
import { contract } from '../contract.ts';
import type { Day } from '../events.ts';
import { addEvent, listEvents, toReceipt } from '../events.ts';

type Middleware = Parameters<typeof OpenApiValidator.middleware>[0];

const app = express();
app.use(express.json());
app.use(
  OpenApiValidator.middleware({
    apiSpec: contract as unknown as Extract<Middleware['apiSpec'], object>,
    validateRequests: true,
  }),
);
app.post('/events', async (request, response) => {
  const { status, body } = toReceipt(await addEvent(request.body));
  response.status(status).json(body);
});
app.get('/events', async (request, response) => {
  response.json(await listEvents(request.query as unknown as Day));
});
app.use(
  (
    error: Error & { status?: number; errors?: unknown },
    _request: Request,
    response: Response,
    _next: NextFunction,
  ) => {
    response.status(error.status ?? 500).json({ message: error.message, errors: error.errors });
  },
);

/** As in the READMEs of express-openapi-validator and serverless-http. */
export const handler = serverless(app);
