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

/** Whoever calls the function is answered: what is not as API Gateway has it is as if it were not there. */
function toRequest(event: APIGatewayProxyEvent): RouterRequest {
  const body = toText(event.body);
  return {
    method: toText(event.httpMethod),
    path: toText(event.path),
    query: toQuery(event.multiValueQueryStringParameters),
    headers: toHeaders(event.headers),
    body: event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    requestId: toText(event.requestContext?.requestId),
    hasKey: Boolean(event.requestContext?.identity?.apiKeyId),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const toText = (value: unknown): string => (isText(value) ? value : '');

/** One value as text, several as a list: the contract decides whether it takes lists. */
function toQuery(
  parameters: APIGatewayProxyEvent['multiValueQueryStringParameters'],
): RouterRequest['query'] {
  // Not by assignment, to which `__proto__` is no name like any other.
  return Object.fromEntries(
    Object.entries(parameters ?? {}).flatMap(([name, values]) => {
      const [value, ...others] = [values ?? []].flat().filter(isText);
      if (value === undefined) return [];
      return [[name, others.length === 0 ? value : [value, ...others]]];
    }),
  );
}

const toHeaders = (headers: APIGatewayProxyEvent['headers'] | null): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).filter((header): header is [string, string] => isText(header[1])),
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
