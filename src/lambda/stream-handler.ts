import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { AddCors } from '../names/cors-headers.ts';
import type { RouterReply } from '../router/reply.ts';
import type { Router } from '../router/router.ts';
import { fromProxyEvent } from './from-proxy-event.ts';

/** What API Gateway needs to know of a reply before its body (fact 70). */
export type StreamMetadata = { statusCode: number; headers: Record<string, string> };

/** Sends the metadata, and returns what takes the body. */
export type OpenStream = (metadata: StreamMetadata) => Writable;

/** Answers an event by a stream; rejects if the reply broke off. */
export type StreamHandler = (
  event: APIGatewayProxyEvent,
  open: OpenStream,
  context?: { signal?: AbortSignal },
) => Promise<void>;

/** Connects a router to API Gateway, which sends a reply on as the function writes it. */
export const createStreamHandler = (router: Router, addCors: AddCors): StreamHandler => {
  return async (event, open, { signal } = {}) => {
    const gone = new AbortController();
    const request = fromProxyEvent(
      event,
      signal ? AbortSignal.any([signal, gone.signal]) : gone.signal,
    );
    const failure = await router(request, async ({ status, headers, body }) => {
      const out = open({ statusCode: status, headers: addCors(headers, request.headers.origin) });
      // Its client has gone, or a limit was reached: the body ends by its signal.
      out.once('close', () => gone.abort());
      try {
        await write(body, out);
        return undefined;
      } catch (error) {
        return { error };
      }
    });
    if (failure) throw failure.error;
  };
};

/** Makes a part of the body when the one before it was taken. */
async function write(body: RouterReply['body'], out: Writable): Promise<void> {
  for await (const part of typeof body === 'string' ? [body] : body) {
    if (out.destroyed) return;
    if (out.write(part)) continue;
    await untilDrained(out);
  }
  out.end();
  await finished(out, { readable: false }).catch(() => undefined);
}

/** Resolves when a stream takes more, or has closed. */
const untilDrained = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      out.off('drain', settle);
      out.off('close', settle);
      resolve();
    };
    out.once('drain', settle);
    out.once('close', settle);
  });
