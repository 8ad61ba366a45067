import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** A Lambda handler, called with API Gateway's event. */
export type Handler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

type Module = {
  handler(event: APIGatewayProxyEvent, context: object): Promise<APIGatewayProxyResult>;
};

// The parts of Lambda's context that some contestants read.
const CONTEXT = {
  awsRequestId: '0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11',
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'api',
  getRemainingTimeInMillis: () => 29_000,
};

/** Loads a function as Lambda's runtime does: CommonJS with `require`, modules with `import`. */
export const loadHandler = async (file: string): Promise<Handler> => {
  const { handler }: Module = file.endsWith('.mjs')
    ? await import(pathToFileURL(file).href)
    : createRequire(file)(file);
  return (event) => handler(event, CONTEXT);
};
