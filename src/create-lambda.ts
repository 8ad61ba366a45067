import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { MongoClient } from 'mongodb';
import operations from '../generated/operations.json' with { type: 'json' };
import type { ClockOptions } from './clock-policy.ts';
import { createClockPolicy } from './clock-policy.ts';
import { collectionOf } from './database.ts';
import { createEventStore } from './event-store.ts';
import { createRouter } from './router.ts';
import type { RouterReply } from './router-reply.ts';
import type { RouterRequest } from './router-request.ts';

export type LambdaHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

export type LambdaOptions = ClockOptions & {
  /** The origin whose pages may call the API; `*` is any. */
  corsOrigin?: string;
};

/** The function that API Gateway calls: REST proxy events, payload version 1.0 (facts 44–54). */
export const createLambda = (
  client: MongoClient,
  { corsOrigin = '*', ...clock }: LambdaOptions = {},
): LambdaHandler => {
  const headers = toCorsHeaders(corsOrigin);
  const router = createRouter({
    events: createEventStore(collectionOf(client)),
    clock: createClockPolicy(clock),
  });
  return async (event) => toResult(await router(toRequest(event)), headers);
};

function toRequest(event: APIGatewayProxyEvent): RouterRequest {
  return {
    method: event.httpMethod,
    path: event.path,
    query: toQuery(event),
    headers: withoutUndefined(event.headers),
    body:
      event.isBase64Encoded && event.body
        ? Buffer.from(event.body, 'base64').toString()
        : event.body,
    requestId: event.requestContext.requestId,
    hasKey: Boolean(event.requestContext.identity.apiKeyId),
  };
}

/** One value as text, several as a list: the contract decides whether it takes lists. */
function toQuery({
  multiValueQueryStringParameters,
}: APIGatewayProxyEvent): RouterRequest['query'] {
  // Not by assignment, to which `__proto__` is no name like any other.
  return Object.fromEntries(
    Object.entries(multiValueQueryStringParameters ?? {}).flatMap(([name, values]) => {
      const [value, ...others] = values ?? [];
      if (value === undefined) return [];
      return [[name, others.length === 0 ? value : [value, ...others]]];
    }),
  );
}

const withoutUndefined = (
  headers: APIGatewayProxyEvent['headers'] | null,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).filter(
      (header): header is [string, string] => header[1] !== undefined,
    ),
  );

/** API Gateway adds them to its own replies only (fact 38). */
const toCorsHeaders = (origin: string): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': operations['x-cors'].exposeHeaders.join(','),
});

const toResult = (
  { status, headers, body }: RouterReply,
  corsHeaders: Record<string, string>,
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...corsHeaders, ...headers },
  body,
});
