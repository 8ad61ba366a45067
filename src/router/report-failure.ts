import { EventStoreUnavailable } from '../database/outage.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import type { Call } from './call.ts';

/** Logs what went wrong, and tells no more of it than whether it may pass. */
export const reportFailure = (error: unknown, call: Call): ProblemReply => {
  logFailure(error, call);
  return error instanceof EventStoreUnavailable
    ? problems.databaseUnavailable()
    : problems.internalError();
};

function logFailure(error: unknown, { request, operationId }: Call): void {
  const { method, headers, requestId } = request;
  const traceId = headers['x-amzn-trace-id'];
  const chain = [];
  for (let cause = error; cause instanceof Error && chain.length < 4; cause = cause.cause) {
    chain.push({ name: cause.name, message: cause.message, stack: cause.stack });
  }
  console.error(
    JSON.stringify({
      level: 'error',
      requestId,
      traceId,
      method,
      operation: operationId,
      errors: chain,
    }),
  );
}
