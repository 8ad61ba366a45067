import type { components, operations } from '../generated/openapi.ts';
import type { Readiness } from './database/readiness.ts';
import type { ClockPolicy } from './events/clock-policy.ts';
import type { EventStore } from './events/event-store.ts';

export type OperationId = keyof operations;
export type Problem = components['schemas']['Problem'];
export type InvalidField = components['schemas']['InvalidField'];

/** What an operation is given once its request was found valid. */
export type Input<Id extends OperationId> = {
  body: operations[Id] extends { requestBody: infer Body } ? Checked<Content<Body>> : undefined;
  query: NonNullable<operations[Id]['parameters']['query']>;
  path: NonNullable<operations[Id]['parameters']['path']>;
  headers: NonNullable<operations[Id]['parameters']['header']>;
  /** Of those that the operation can answer in, the one that the client likes best. */
  mediaType: MediaType;
  requestId: string;
  /** Logs what went wrong for a part of the request, and returns what to tell of it. */
  report(failure: unknown): Problem;
};

/** Every media type that the contract has for what is no problem. */
export type MediaType = keyof operations['getEvents']['responses'][200]['content'];

/** An item of an array that the router holds to the contract each by itself. */
export type CheckedItem<Item> = { item: Item } | { problem: Problem };

/** One of the replies that the contract documents for the operation; any other does not compile. */
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

/** One handler for each operation of the contract; a missing one does not compile. */
export type Handlers = { [Id in OperationId]: Handler<Id> };

/** The router names the request in each problem. */
type WithoutRequestId<Body> = Body extends Problem ? Omit<Problem, 'requestId'> : Body;

type Checked<Body> = Body extends (infer Item)[] ? CheckedItem<Item>[] : Body;

type Content<Message> = Message extends { content: infer Media } ? Media[keyof Media] : undefined;
