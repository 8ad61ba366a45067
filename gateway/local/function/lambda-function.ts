import type { APIGatewayProxyEvent } from 'aws-lambda';

export type InvokeContext = {
  /** Ends when the client has gone: unlike on AWS, the function may give up then. */
  signal: AbortSignal;
  /** The URI of the integration, which names the function, with its stage variables replaced. */
  uri: string;
};

/** Calls a function as Lambda does; throws what the function throws. */
export type Invoke = (event: APIGatewayProxyEvent, context: InvokeContext) => Promise<unknown>;

/**
 * Calls a function that streams, as InvokeWithResponseStream does (fact 70): returns the metadata as JSON, eight NUL
 * bytes, and the payload, as they come. The iterable throws if the function fails.
 */
export type InvokeStream = (
  event: APIGatewayProxyEvent,
  context: InvokeContext,
) => AsyncIterable<Uint8Array>;

/** A function behind the API: one that streams if, and only if, the integration says STREAM. */
export type LambdaFunction = (
  event: APIGatewayProxyEvent,
  context: InvokeContext,
) => Promise<unknown> | AsyncIterable<Uint8Array>;
