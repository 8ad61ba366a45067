import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Context, Document, Options } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';
import type { Day, NewEvent } from '../events.ts';
import { addEvent, listEvents, toReceipt } from '../events.ts';

/** Creates a Lambda handler as in openapi-backend's README: "Quick Start" and "AWS Serverless (Lambda)". */
export const createHandler = (definition: object, options: Partial<Options> = {}) => {
  const api = new OpenAPIBackend({ definition: definition as Document, ...options });
  api.register({
    addEvent: async (c: Context<NewEvent>) => {
      const { status, body } = toReceipt(await addEvent(c.request.requestBody));
      return toResult(status, body);
    },
    listEvents: async (c: Context) => toResult(200, await listEvents(c.request.query as Day)),
    validationFail: (c: Context) => toResult(400, { err: c.validation.errors }),
    notFound: () => toResult(404, { err: 'not found' }),
  });
  api.init();
  return (event: APIGatewayProxyEvent, context: unknown): Promise<APIGatewayProxyResult> =>
    api.handleRequest(
      {
        method: event.httpMethod,
        path: event.path,
        query: event.queryStringParameters as Record<string, string>,
        body: event.body,
        headers: event.headers as Record<string, string>,
      },
      event,
      context,
    );
};

const toResult = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
