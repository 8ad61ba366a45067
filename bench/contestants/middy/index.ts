import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouterHandler from '@middy/http-router';
import validator from '@middy/validator';
import { transpileSchema } from '@middy/validator/transpile';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { dayQuery, newEvent } from '../contract.ts';
import type { Day, NewEvent } from '../events.ts';
import { addEvent, listEvents, toReceipt } from '../events.ts';

const toSchema = (part: string, schema: object) =>
  transpileSchema(
    { type: 'object', required: [part], properties: { [part]: schema } },
    // The schema requires one of two properties in an `anyOf`.
    { strictRequired: false },
  );

const toResult = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

const post = middy()
  .use(httpJsonBodyParser())
  .use(validator({ eventSchema: toSchema('body', newEvent) }))
  .handler(async (event) => {
    const { status, body } = toReceipt(await addEvent(event.body as unknown as NewEvent));
    return toResult(status, body);
  });

const get = middy<APIGatewayProxyEvent>()
  .use(validator({ eventSchema: toSchema('queryStringParameters', dayQuery) }))
  .handler(async ({ queryStringParameters }) =>
    toResult(200, await listEvents(queryStringParameters as Day)),
  );

/** As in middy's documentation of its HTTP router and validator, with Ajv at run time. */
export const handler = middy<APIGatewayProxyEvent>()
  .use(httpErrorHandler({ logger: false }))
  .handler(
    httpRouterHandler<APIGatewayProxyEvent, APIGatewayProxyResult>([
      { method: 'POST', path: '/events', handler: post },
      { method: 'GET', path: '/events', handler: get },
    ]),
  );
