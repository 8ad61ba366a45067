import type { components, operations } from '../generated/openapi.ts';
import type { Caller } from './access/caller.ts';
import type { Audit } from './audit.ts';
import type { Readiness } from './database/readiness.ts';
import type { ClockPolicy } from './events/clock-policy.ts';
import type { EventStore } from './events/event-store.ts';

export type OperationId = keyof operations;
export type Problem = components['schemas']['Problem'];
export type InvalidField = components['schemas']['InvalidField'];

/** What a handler gets: a valid request. */
export type Input<Id extends OperationId> = {
  body: operations[Id] extends { requestBody: infer Body } ? Checked<Content<Body>> : undefined;
  query: NonNullable<operations[Id]['parameters']['query']>;
  path: NonNullable<operations[Id]['parameters']['path']>;
  headers: NonNullable<operations[Id]['parameters']['header']>;
  /** The media type to answer in, negotiated from `Accept`. */
  mediaType: MediaType<Id>;
  /** Whose key it is, its scopes, and the devices that it is limited to; undefined if the operation needs no key. */
  caller: Caller | undefined;
  requestId: string;
  /** Ends if nobody waits for the reply any more; undefined if that cannot be told. */
  signal: AbortSignal | undefined;
  /** Whether only the headers are wanted: a stream then reads nothing. */
  isHead: boolean;
  /** Asks again whether the caller's key allows this request; a stream lasts longer than a key may. */
  isStillAllowed(): Promise<boolean>;
  /** Logs a failure that concerns a part of the request, and returns the problem to report for that part. */
  report(failure: unknown): Problem;
};

/** The media types of the operation's successful replies. */
export type MediaType<Id extends OperationId = OperationId> = {
  [Each in Id]: 200 extends keyof operations[Each]['responses']
    ? MediaOf<operations[Each]['responses'][200]>
    : 'application/json';
}[Id];

type MediaOf<Message> = Message extends { content: infer Media } ? keyof Media : 'application/json';

/** An item of a batch, which the router validates by itself. */
export type CheckedItem<Item> = { item: Item } | { problem: Problem };

/** One of the replies that the contract documents for the operation with a status of its own. */
export type Reply<Id extends OperationId> = {
  [Status in Exclude<keyof operations[Id]['responses'], 'default'>]: {
    status: Status;
    headers?: Record<string, string>;
    body: Sent<WithoutRequestId<Content<operations[Id]['responses'][Status]>>>;
  };
}[Exclude<keyof operations[Id]['responses'], 'default'>];

export type Services = {
  events: EventStore;
  audit: Audit;
  clock: ClockPolicy;
  readiness: Readiness;
  streams: Streams;
  eventTypes: EventTypes;
  release: Release;
};

/** What runs: the contract's version, and the tag of the image unless the service runs on someone's machine. */
export type Release = { version: string; build?: string };

/** Why an event is refused for its type or value, or what is said of one that is stored all the same. */
export type Judgement =
  | { eventType: string; refusal: InvalidField }
  | { eventType: string; warnings: EventWarning[] };

/** Something about a stored event that the operator should know. */
export type EventWarning = components['schemas']['EventWarning'];

/** The registry of event types, with the environment's policy. */
export type EventTypes = {
  /** Undefined where the event may be stored without a word. */
  judge(event: { eventType: string; value?: unknown }): Judgement | undefined;
  /** Counts an event that was stored with warnings. */
  count(stored: { eventType: string; warnings: EventWarning[] }): void;
  /** What `GET /event-types` answers, and a digest of it in 22 characters of base64url. */
  list(): { digest: string; registry: components['schemas']['EventTypeList'] };
};

/** Where a stream ends by itself, before the platform would cut it (facts 71 and 76). */
export type StreamLimits = { bytes: number; milliseconds: number };

/** What streams may take. */
export type Streams = {
  /** Takes a place for a stream; undefined if none is free. */
  take(kind: 'export' | 'live'): Promise<(() => Promise<void>) | undefined>;
  limits: StreamLimits;
};

export type Handler<Id extends OperationId> = (
  input: Input<Id>,
  services: Services,
) => Promise<Reply<Id>>;

/** A handler for each operation of the contract. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

/** The router adds the request id to each problem. */
type WithoutRequestId<Body> = Body extends Problem ? Omit<Problem, 'requestId'> : Body;

/** Text may be sent while it is made. */
type Sent<Body> = Body extends string ? Body | AsyncIterable<string> : Body;

type Checked<Body> = Body extends components['schemas']['EventBatch']
  ? { events: CheckedItem<components['schemas']['NewEvent']>[] }
  : Body;

type Content<Message> = Message extends { content: infer Media } ? Media[keyof Media] : undefined;
