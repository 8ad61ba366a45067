import type { APIGatewayProxyEvent } from 'aws-lambda';

/** Calls the function behind the API, as Lambda does; throws what the function throws. */
export type Invoke = (event: APIGatewayProxyEvent) => Promise<unknown>;
