import type { Outcome } from './router-reply.ts';
import type { Call } from './router-request.ts';
import { findHeader } from './router-request.ts';
import type { RequestLog } from './telemetry.ts';

type Parameters = Record<string, unknown>;

/** What is logged of a request that was answered. */
export const toRequestLog = (
  { request, operationId, caller, devices = 0 }: Call,
  outcome: Outcome,
  milliseconds: number,
): RequestLog => ({
  requestId: request.requestId,
  traceId: findHeader(request.headers, 'x-amzn-trace-id'),
  operation: operationId,
  keyId: caller?.keyId,
  devices,
  status: outcome.status,
  milliseconds: Math.round(milliseconds * 10) / 10,
  refused: countProblems(outcome),
});

/** Of how many devices a request is. */
export const countDevices = (query: Parameters, path: Parameters, body: unknown): number => {
  const parts = [query, path, ...(Array.isArray(body) ? body.map(({ item }) => item) : [body])];
  return new Set(parts.map((part) => part?.deviceID).filter(Boolean)).size;
};

/** By their type: of the whole request, or of the items of a batch. */
function countProblems({ status, body }: Outcome): Map<string, number> {
  const counts = new Map<string, number>();
  const results = body as { problem?: { type: string } }[];
  const problems = status === 207 ? results.map(({ problem }) => problem) : [];
  if (status >= 400) problems.push(body as { type: string });
  for (const problem of problems) {
    if (problem) counts.set(problem.type, (counts.get(problem.type) ?? 0) + 1);
  }
  return counts;
}
