import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { InvokeContext, LambdaFunction } from '../local/function/lambda-function.ts';
import { CommandError } from './command-error.ts';

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback: Callback) => unknown;
type StreamHandler = (event: unknown, output: PassThrough, context: object) => Promise<unknown>;

const STREAMED = Symbol('streamed');

/**
 * Loads a function in the form of Lambda's Node runtime: asynchronous, with a callback, or one that streams, by the
 * global `awslambda` (fact 70).
 * @param source such as `dist/lambda.mjs#handler`; the export is `handler` by default
 */
export const loadFunction = async (name: string, source: string): Promise<LambdaFunction> => {
  provideStreams();
  const [path = '', exported = 'handler'] = source.split('#');
  const file = resolve(path);
  if (!existsSync(file))
    throw new CommandError(`The function ${path} does not exist: build it first`);
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new CommandError(`The function ${path} cannot be loaded: ${(error as Error).message}`);
  }
  const handler = module[exported] ?? (module.default as Record<string, unknown>)?.[exported];
  if (typeof handler !== 'function') {
    throw new CommandError(`${path} does not export ${exported}: write FILE#EXPORT`);
  }
  const toContext = (context: InvokeContext) => ({
    functionName: name,
    functionVersion: '$LATEST',
    awsRequestId: crypto.randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 29_000,
    signal: context.signal,
  });
  return STREAMED in handler
    ? (event, context) => stream(handler as unknown as StreamHandler, event, toContext(context))
    : (event, context) => invoke(handler as Handler, event, toContext(context));
};

const invoke = (handler: Handler, event: unknown, context: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => (error ? reject(error) : resolve(result));
    try {
      const result = handler(event, context, callback);
      // With a callback, the result comes by it.
      if (handler.length < 3 || result instanceof Promise) resolve(result);
    } catch (error) {
      reject(error);
    }
  });

function stream(handler: StreamHandler, event: unknown, context: object): PassThrough {
  const output = new PassThrough();
  handler(event, output, context).catch((error) => output.destroy(error));
  return output;
}

/** What Lambda's Node runtime has as a global. */
function provideStreams(): void {
  const awslambda = {
    streamifyResponse: (handler: object) => Object.assign(handler, { [STREAMED]: true }),
    HttpResponseStream: {
      from: (output: PassThrough, metadata: object): PassThrough => {
        output.write(JSON.stringify(metadata));
        output.write(Buffer.alloc(8));
        return output;
      },
    },
  };
  Object.assign(globalThis, { awslambda });
}
