import { PassThrough } from 'node:stream';
import type { StreamHandler, StreamMetadata } from '../../src/lambda/stream-handler.ts';
import type { ProxyRequest } from './proxy-event.ts';
import { proxyEvent } from './proxy-event.ts';

export type StreamReply = StreamMetadata & { text: string; error: unknown };

/** The whole reply of the function that streams. */
export const askStream = async (
  handle: StreamHandler,
  request: ProxyRequest,
): Promise<StreamReply> => {
  let metadata: StreamMetadata = { statusCode: 0, headers: {} };
  let error: unknown;
  const output = new PassThrough();
  const open = (sent: StreamMetadata) => {
    metadata = sent;
    return output;
  };
  const ended = handle(proxyEvent(request), open).catch((failure) => {
    error = failure;
    output.end();
  });
  let text = '';
  for await (const part of output.setEncoding('utf8')) text += part;
  await ended;
  return { ...metadata, text, error };
};
