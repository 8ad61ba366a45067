import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { StreamHandler } from './stream-handler.ts';

/**
 * The handler as Lambda's runtime for Node calls a function that streams; elsewhere, one that fails.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
export const toStreamEntry = (handle: StreamHandler) => {
  // The emulator of other entries may have an older runtime.
  if (typeof awslambda === 'undefined') {
    return () => Promise.reject(new Error('This entry needs the runtime of Lambda'));
  }
  const { streamifyResponse, HttpResponseStream } = awslambda;
  return streamifyResponse((event: APIGatewayProxyEvent, stream, context: Context) => {
    // Otherwise, the invocation would last until no connection to the database is open: until its time-out.
    context.callbackWaitsForEmptyEventLoop = false;
    return handle(event, (metadata) => HttpResponseStream.from(stream, metadata));
  });
};
