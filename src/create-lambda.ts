import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { MongoClient } from 'mongodb';
import operations from '../generated/operations.json' with { type: 'json' };
import { authenticatePlanKey, createKeyAuthentication } from './authenticate.ts';
import type { ClockOptions } from './clock-policy.ts';
import { createClockPolicy } from './clock-policy.ts';
import { collectionOf, keysOf } from './database.ts';
import { createEventStore } from './event-store.ts';
import { createKeyStore } from './key-store.ts';
import { createReadiness } from './readiness.ts';
import { createRouter } from './router.ts';
import type { RouterReply } from './router-reply.ts';
import type { RouterRequest } from './router-request.ts';
import type { WriteLine } from './telemetry.ts';
import { createTelemetry } from './telemetry.ts';

export type LambdaHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

export type LambdaOptions = ClockOptions & {
  /** The origin whose pages may call the API; `*` is any. */
  corsOrigin?: string;
  /** Who knows the keys: API Gateway's usage plan has the only one, or the router knows those in the database. */
  keys?: 'plan' | 'scoped';
  /** What CloudWatch keeps the function's metrics under. */
  service?: string;
  /** Where logs and metrics go, a line each. */
  log?: WriteLine;
  /** SHA-256, in hex, of a key that may do everything, beside the scoped ones. */
  plainKeyHash?: string;
};

/** The function that API Gateway calls: REST proxy events, payload version 1.0 (facts 44–54). */
export const createLambda = (
  client: MongoClient,
  {
    corsOrigin = '*',
    keys = 'plan',
    plainKeyHash,
    service = 'local',
    log,
    ...clock
  }: LambdaOptions = {},
): LambdaHandler => {
  const telemetry = createTelemetry(service, log ?? (() => undefined));
  const headers = toCorsHeaders(corsOrigin);
  const events = createEventStore(collectionOf(client), telemetry.measure);
  const services = {
    events,
    clock: createClockPolicy(clock),
    readiness: createReadiness(events.isPrepared),
  };
  const authenticate =
    keys === 'plan'
      ? authenticatePlanKey
      : createKeyAuthentication(createKeyStore(keysOf(client)), plainKeyHash);
  const router = createRouter(services, authenticate, telemetry);
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
    planKeyId: event.requestContext.identity.apiKeyId ?? undefined,
  };
}

/** One value as text, several as a list: the contract decides whether it takes lists. */
function toQuery({
  multiValueQueryStringParameters,
}: APIGatewayProxyEvent): RouterRequest['query'] {
  const query: RouterRequest['query'] = {};
  for (const [name, values] of Object.entries(multiValueQueryStringParameters ?? {})) {
    const [value, ...others] = values ?? [];
    if (value !== undefined) query[name] = others.length === 0 ? value : [value, ...others];
  }
  return query;
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
