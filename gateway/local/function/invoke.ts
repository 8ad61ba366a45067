import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * Calls the function behind the API, as Lambda does; throws what the function throws. The signal ends when the client
 * has gone: unlike AWS, the function may give up then.
 */
export type Invoke = (
  event: APIGatewayProxyEvent,
  context: { signal: AbortSignal },
) => Promise<unknown>;

/**
 * Calls a function that streams, as InvokeWithResponseStream does (fact 70): returns the metadata as JSON, eight NUL
 * bytes, and the payload, as they come. The iterable throws if the function fails.
 * @param context.uri of the integration, which names the function
 */
export type InvokeStream = (
  event: APIGatewayProxyEvent,
  context: { signal: AbortSignal; uri: string },
) => AsyncIterable<Uint8Array>;
