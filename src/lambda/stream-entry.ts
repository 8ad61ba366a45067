import type { APIGatewayProxyEvent } from 'aws-lambda';
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
  return streamifyResponse((event: APIGatewayProxyEvent, stream) =>
    handle(event, (metadata) => HttpResponseStream.from(stream, metadata)),
  );
};
