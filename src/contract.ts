import type { components, operations } from '../generated/openapi.ts';
import type { Readiness } from './database/readiness.ts';
import type { ClockPolicy } from './events/clock-policy.ts';
import type { EventStore } from './events/event-store.ts';

export type OperationId = keyof operations;
export type Problem = components['schemas']['Problem'];
export type InvalidField = components['schemas']['InvalidField'];

/** What a handler gets of a valid request. */
export type Input<Id extends OperationId> = {
  body: operations[Id] extends { requestBody: infer Body } ? Checked<Content<Body>> : undefined;
  query: NonNullable<operations[Id]['parameters']['query']>;
  path: NonNullable<operations[Id]['parameters']['path']>;
  headers: NonNullable<operations[Id]['parameters']['header']>;
  /** The media type to answer in, negotiated from `Accept`. */
  mediaType: MediaType;
  requestId: string;
  /** Logs a failure that concerns a part of the request, and returns the problem to answer with. */
  report(failure: unknown): Problem;
};

/** The media types of replies other than problems. */
export type MediaType = keyof operations['getEvents']['responses'][200]['content'];

/** An item of an array whose items the router validates one by one. */
export type CheckedItem<Item> = { item: Item } | { problem: Problem };

/** A reply that the contract documents for the operation; any other does not compile. */
export type Reply<Id extends OperationId> = {
  [Status in keyof operations[Id]['responses']]: {
    status: Status;
    headers?: Record<string, string>;
    body: WithoutRequestId<Content<operations[Id]['responses'][Status]>>;
  };
}[keyof operations[Id]['responses']];

export type Services = { events: EventStore; clock: ClockPolicy; readiness: Readiness };

export type Handler<Id extends OperationId> = (
  input: Input<Id>,
  services: Services,
) => Promise<Reply<Id>>;

/** One handler for each operation of the contract; if one is missing, this does not compile. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

/** The router adds the request's id to each problem. */
type WithoutRequestId<Body> = Body extends Problem ? Omit<Problem, 'requestId'> : Body;

type Checked<Body> = Body extends (infer Item)[] ? CheckedItem<Item>[] : Body;

type Content<Message> = Message extends { content: infer Media } ? Media[keyof Media] : undefined;
