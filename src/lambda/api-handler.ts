import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { MongoClient } from 'mongodb';
import operations from '../../generated/operations.json' with { type: 'json' };
import { keysOf } from '../access/api-key.ts';
import { authenticatePlanKey, createKeyAuthentication } from '../access/authenticate.ts';
import { createKeyStore } from '../access/key-store.ts';
import { createReadiness } from '../database/readiness.ts';
import { collectionOf } from '../events/bucket.ts';
import type { ClockOptions } from '../events/clock-policy.ts';
import { createClockPolicy } from '../events/clock-policy.ts';
import { createEventStore } from '../events/event-store.ts';
import { toCorsHeaders } from '../names/cors-headers.ts';
import type { RouterReply } from '../router/reply.ts';
import { createRouter } from '../router/router.ts';
import type { WriteLine } from '../telemetry.ts';
import { createTelemetry, noTelemetry } from '../telemetry.ts';
import { fromProxyEvent } from './from-proxy-event.ts';

export type ApiHandler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

export type ApiOptions = ClockOptions & {
  /** The origin whose pages may call the API; `*` is any. */
  corsOrigin?: string;
  /** Who knows the keys: API Gateway's usage plan has the only one, or the router knows those in the database. */
  keys?: 'plan' | 'scoped';
  /** What CloudWatch keeps the function's metrics under. */
  service?: string;
  /** Where logs and metrics go, a line each; without it there are none. */
  log?: WriteLine;
  /** SHA-256, in hex, of a key that may do everything, beside the scoped ones. */
  plainKeyHash?: string;
};

/** The function that API Gateway calls: REST proxy events, payload version 1.0 (facts 44–54). */
export const createApiHandler = (
  client: MongoClient,
  {
    corsOrigin = '*',
    keys = 'plan',
    plainKeyHash,
    service = 'local',
    log,
    ...clock
  }: ApiOptions = {},
): ApiHandler => {
  const telemetry = log ? createTelemetry(service, log) : noTelemetry;
  // API Gateway adds these only to its own replies (fact 38).
  const headers = toCorsHeaders(corsOrigin, operations['x-cors'].exposeHeaders);
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
  return async (event) => toResult(await router(fromProxyEvent(event)), headers);
};

const toResult = (
  { status, headers, body }: RouterReply,
  corsHeaders: Record<string, string>,
): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...corsHeaders, ...headers },
  body,
});
