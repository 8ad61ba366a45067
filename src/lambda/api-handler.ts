import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { MongoClient } from 'mongodb';
import operations from '../../generated/operations.json' with { type: 'json' };
import { keysOf } from '../access/api-key.ts';
import { authenticatePlanKey, createKeyAuthentication } from '../access/authenticate.ts';
import { createKeyStore } from '../access/key-store.ts';
import { createStreamSlots } from '../access/stream-slots.ts';
import { createAudit } from '../audit.ts';
import type { Handlers, StreamLimits } from '../contract.ts';
import { createReadiness } from '../database/readiness.ts';
import { createEventTypes } from '../event-types/event-types.ts';
import { collectionOf } from '../events/bucket.ts';
import type { ClockOptions } from '../events/clock-policy.ts';
import { createClockPolicy } from '../events/clock-policy.ts';
import { createEventStore } from '../events/event-store.ts';
import type { AddCors } from '../names/cors-headers.ts';
import { createCors } from '../names/cors-headers.ts';
import type { EventTypePolicy } from '../names/event-type-policy.ts';
import type { RouterReply } from '../router/reply.ts';
import type { Router } from '../router/router.ts';
import { createRouter } from '../router/router.ts';
import type { WriteLine } from '../telemetry.ts';
import { createTelemetry, noTelemetry } from '../telemetry.ts';
import { fromProxyEvent } from './from-proxy-event.ts';
import type { StreamHandler } from './stream-handler.ts';
import { createStreamHandler } from './stream-handler.ts';

/** Lambda's context has no signal: only the local gateway notices a client that has gone. */
export type ApiHandler = (
  event: APIGatewayProxyEvent,
  context?: { signal?: AbortSignal },
) => Promise<APIGatewayProxyResult>;

export type ApiOptions = ClockOptions & {
  /** The origins whose pages may call the API; any by default. */
  corsOrigins?: readonly string[];
  /** `plan`: API Gateway validates its usage plan's one key. `scoped`: the router looks keys up in the database. */
  keys?: 'plan' | 'scoped';
  /** The dimension of the function's metrics in CloudWatch. */
  service?: string;
  /** Takes each line of logs and metrics; without it none are written. */
  log?: WriteLine;
  /** Takes a line for each deletion; without it none are written. */
  audit?: WriteLine;
  /** The SHA-256, in hex, of a key with every scope, valid beside the keys in the database. */
  plainKeyHash?: string;
  /** How many streams of a kind may be open at once, over all processes; any number by default. */
  streamSlots?: number;
  /** Where streams end by themselves; by default, well before the platform would cut them. */
  streamLimits?: StreamLimits;
  /** The tag of the image, which `GET /health` tells. */
  build?: string;
  /** Others than those of src/handlers/. */
  handlers?: Handlers;
  /** What becomes of events that the registry of event types does not describe. */
  eventTypes?: EventTypePolicy;
};

// Lambda ends a stream at 200 MB and 15 minutes (facts 71 and 76); the last page and a slow client need some time.
const STREAM_LIMITS: StreamLimits = { bytes: 180_000_000, milliseconds: 13.5 * 60_000 };

/** The two ways in which API Gateway calls the one router. */
export type ApiHandlers = { handler: ApiHandler; stream: StreamHandler };

/** The function that API Gateway calls: REST proxy events, payload version 1.0 (facts 44–54). */
export const createApiHandler = (client: MongoClient, options?: ApiOptions): ApiHandler =>
  createApiHandlers(client, options).handler;

/** The same, and the one for replies that are streams. */
export const createApiHandlers = (
  client: MongoClient,
  {
    corsOrigins,
    keys = 'plan',
    plainKeyHash,
    service = 'local',
    log,
    audit,
    streamSlots,
    streamLimits = STREAM_LIMITS,
    handlers,
    eventTypes = {},
    build,
    ...clock
  }: ApiOptions = {},
): ApiHandlers => {
  const telemetry = log ? createTelemetry(service, log) : noTelemetry;
  const events = createEventStore(collectionOf(client), telemetry.measure);
  const services = {
    events,
    audit: createAudit(audit),
    clock: createClockPolicy(clock),
    readiness: createReadiness(events.isPrepared),
    streams: { take: createStreamSlots(client, streamSlots), limits: streamLimits },
    eventTypes: createEventTypes(eventTypes, telemetry),
    release: { version: operations.info.version, ...(build && { build }) },
  };
  const authenticate =
    keys === 'plan'
      ? authenticatePlanKey
      : createKeyAuthentication(createKeyStore(keysOf(client)), plainKeyHash);
  const router = createRouter(services, authenticate, telemetry, handlers);
  // API Gateway adds these only to its own replies (fact 38).
  const addCors = createCors(corsOrigins, operations['x-cors'].exposeHeaders);
  return {
    handler: createProxyHandler(router, addCors),
    stream: createStreamHandler(router, addCors),
  };
};

/** Connects a router to API Gateway, which takes a reply as a whole. */
export const createProxyHandler =
  (router: Router, addCors: AddCors): ApiHandler =>
  (event, context) => {
    const request = fromProxyEvent(event, context?.signal);
    return router(request, async ({ status, headers, body }: RouterReply) => ({
      statusCode: status,
      headers: addCors(headers, request.headers.origin),
      body: typeof body === 'string' ? body : await toText(body),
    }));
  };

async function toText(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
