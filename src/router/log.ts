import { TooManyLookUps } from '../access/look-up-limit.ts';
import { EventStoreUnavailable } from '../database/outage.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import type { RequestLog } from '../telemetry.ts';
import { isBatch } from './body.ts';
import type { Call } from './call.ts';
import type { Outcome } from './reply.ts';

type Values = Record<string, unknown>;

/** Logs a failure, and returns the problem to answer with; the client learns only whether a retry may help. */
export const reportFailure = (error: unknown, call: Call): ProblemReply => {
  const { request, reported } = call;
  // A flood of these must not fill the log: each has its line of the request's own.
  if (error instanceof TooManyLookUps) return problems.keyUnchecked();
  // Given up, since nobody waits for it: no failure.
  if (request.signal?.aborted) return problems.databaseUnavailable();
  if (reported !== error) writeFailure(error, call);
  call.reported = error;
  return error instanceof EventStoreUnavailable
    ? problems.databaseUnavailable()
    : problems.internalError();
};

function writeFailure(error: unknown, { request, route }: Call): void {
  const { method, headers, requestId } = request;
  const traceId = headers['x-amzn-trace-id'];
  const errors = toCauses(error);
  console.error(
    JSON.stringify({ level: 'error', requestId, traceId, method, operation: route?.id, errors }),
  );
}

// An error could be its own cause.
const MAX_CAUSES = 4;

function toCauses(error: unknown): object[] {
  const causes: object[] = [];
  for (let cause = error; cause instanceof Error && causes.length < MAX_CAUSES; cause = cause.cause)
    causes.push({ name: cause.name, message: cause.message, stack: cause.stack });
  return causes;
}

/** The log entry of an answered request. */
export const toRequestLog = (
  { request, route, caller, devices = 0 }: Call,
  outcome: Outcome,
  milliseconds: number,
): RequestLog => ({
  requestId: request.requestId,
  traceId: request.headers['x-amzn-trace-id'],
  operation: route?.id,
  keyId: caller?.keyId,
  devices,
  status: outcome.status,
  milliseconds,
  refused: countProblems(outcome),
});

/** The number of devices that a request names. */
export const countDevices = ({
  path,
  query,
  body,
}: {
  path: Values;
  query: Values;
  body: unknown;
}): number => {
  const inParameters = path.deviceID ?? query.deviceID;
  if (!isBatch(body)) return (inParameters ?? toDeviceID(body)) ? 1 : 0;
  const devices = body.events.map((checked) => 'item' in checked && toDeviceID(checked.item));
  return new Set(devices.filter(Boolean)).size;
};

const toDeviceID = (item: unknown): unknown => (item as { deviceID?: unknown } | null)?.deviceID;

/** Counts problems by type: the request's own, or those of a batch's items. */
function countProblems({ status, body }: Outcome): Map<string, number> | undefined {
  if (status >= 400) return new Map([[(body as { type: string }).type, 1]]);
  if (status !== 207) return undefined;
  const counts = new Map<string, number>();
  const { results } = body as { results: { problem?: { type: string } }[] };
  for (const { problem } of results) {
    if (problem) counts.set(problem.type, (counts.get(problem.type) ?? 0) + 1);
  }
  return counts;
}
