import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * Calls the function behind the API, as Lambda does; throws what the function throws. The signal ends when the client
 * has gone: unlike AWS, the function may give up then.
 */
export type Invoke = (
  event: APIGatewayProxyEvent,
  context: { signal: AbortSignal },
) => Promise<unknown>;
