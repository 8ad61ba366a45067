import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InvokeStream } from '../../../gateway/local/function/lambda-function.ts';

type Invocation = { id: string; event: string; answer(reply: IncomingMessage): void };

/** Lambda's side of a function: the Runtime API, as far as a function that streams asks for it. */
export type RuntimeApi = {
  /** As AWS_LAMBDA_RUNTIME_API names it. */
  address: string;
  invokeStream: InvokeStream;
  /** The functions' replies to events, by their headers. */
  replies: IncomingMessage[];
  close(): void;
};

/**
 * A stand-in for Lambda's Runtime API.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
 */
export const startRuntimeApi = async (): Promise<RuntimeApi> => {
  const queue: Invocation[] = [];
  const running = new Map<string, Invocation>();
  const idle: ServerResponse[] = [];
  const replies: IncomingMessage[] = [];

  const dispatch = (): void => {
    while (queue.length > 0 && idle.length > 0) {
      const invocation = queue.shift() as Invocation;
      const response = idle.shift() as ServerResponse;
      running.set(invocation.id, invocation);
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Lambda-Runtime-Aws-Request-Id': invocation.id,
        'Lambda-Runtime-Deadline-Ms': String(Date.now() + 900_000),
        'Lambda-Runtime-Invoked-Function-Arn':
          'arn:aws:lambda:eu-central-1:123456789012:function:streams',
        'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700',
      });
      response.end(invocation.event);
    }
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const [, id = '', what] =
      /^\/2018-06-01\/runtime\/invocation\/([^/]+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (id === 'next') {
      idle.push(response);
      dispatch();
      return;
    }
    const invocation = running.get(id);
    if (!invocation || what !== 'response') {
      request.resume();
      response.writeHead(202).end();
      return;
    }
    replies.push(request);
    invocation.answer(request);
    request.once('close', () => running.delete(id));
    request.once('end', () => response.writeHead(202).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    replies,
    async *invokeStream(event, { signal }) {
      const sent = await new Promise<IncomingMessage>((answer) => {
        queue.push({ id: randomUUID(), event: JSON.stringify(event), answer });
        dispatch();
      });
      try {
        for await (const part of sent.iterator({ destroyOnReturn: false })) {
          if (signal.aborted) return;
          yield part;
        }
      } finally {
        // Lambda lets a function run on when its client has gone: what it sends is read by nobody.
        sent.resume();
      }
      const { 'lambda-runtime-function-error-type': type } = sent.trailers;
      if (type) throw new Error(String(type));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
