import type { Writable } from 'node:stream';
import { PassThrough, Transform } from 'node:stream';
import type { InvokeStream } from '../../gateway/local/function/lambda-function.ts';
import type { StreamHandler, StreamMetadata } from '../../src/lambda/stream-handler.ts';
import { findFault } from './check-replies.ts';

/**
 * Calls the function that streams within this process, in the form that API Gateway gets it from Lambda (fact 70). A
 * reply that the contract does not document is an error of the function, but for the lines of a stream.
 */
export const createStreamInvoke =
  (handle: StreamHandler): InvokeStream =>
  (event, { signal }) => {
    const output = new PassThrough();
    const { operationName = '' } = event.requestContext as { operationName?: string };
    const open = (metadata: StreamMetadata): Writable => {
      output.write(JSON.stringify(metadata));
      output.write(Buffer.alloc(8));
      if (!/[/+]json$/.test(String(metadata.headers['Content-Type']))) return output;
      const checked = createReplyCheck(operationName, metadata);
      checked.on('error', (error) => output.destroy(error));
      checked.pipe(output);
      return checked;
    };
    handle(event, open, { signal }).catch((error) => output.destroy(error));
    return output;
  };

/** A problem is written at once. */
const createReplyCheck = (operationName: string, metadata: StreamMetadata): Transform =>
  new Transform({
    transform(part, _, done) {
      const wrong = findFault(operationName, { ...metadata, body: String(part) });
      done(wrong ? new Error(`${operationName} answered: ${wrong}`) : null, part);
    },
  });
