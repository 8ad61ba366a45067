import type { RequestLog } from '../telemetry.ts';
import type { Call } from './call.ts';
import type { Outcome } from './reply.ts';

type Parameters = Record<string, unknown>;

/** What is logged of a request that was answered. */
export const toRequestLog = (
  { request, operationId, caller, devices = 0 }: Call,
  outcome: Outcome,
  milliseconds: number,
): RequestLog => ({
  requestId: request.requestId,
  traceId: request.headers['x-amzn-trace-id'],
  operation: operationId,
  keyId: caller?.keyId,
  devices,
  status: outcome.status,
  milliseconds,
  refused: countProblems(outcome),
});

/** Of how many devices a request is. */
export const countDevices = (query: Parameters, path: Parameters, body: unknown): number => {
  const inParameters = path.deviceID ?? query.deviceID;
  if (!Array.isArray(body)) return (inParameters ?? toDeviceID(body)) ? 1 : 0;
  return new Set(body.map(({ item }) => toDeviceID(item)).filter(Boolean)).size;
};

const toDeviceID = (item: unknown): unknown => (item as { deviceID?: unknown } | null)?.deviceID;

/** By their type: of the whole request, or of the items of a batch. */
function countProblems({ status, body }: Outcome): Map<string, number> | undefined {
  if (status >= 400) return new Map([[(body as { type: string }).type, 1]]);
  if (status !== 207) return undefined;
  const counts = new Map<string, number>();
  for (const { problem } of body as { problem?: { type: string } }[]) {
    if (problem) counts.set(problem.type, (counts.get(problem.type) ?? 0) + 1);
  }
  return counts;
}
