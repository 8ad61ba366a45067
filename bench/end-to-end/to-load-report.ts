import type { LoadReport } from './load-report.ts';

/** The part of autocannon's result that is reported. */
type Result = {
  requests: { average: number };
  latency: { p50: number; p99: number };
  statusCodeStats?: Record<string, { count?: number | string }>;
  errors: number;
  timeouts: number;
};

export const toLoadReport = ({
  requests,
  latency,
  statusCodeStats = {},
  errors,
  timeouts,
}: Result): LoadReport => ({
  rate: requests.average,
  p50: latency.p50,
  p99: latency.p99,
  statuses: Object.fromEntries(
    Object.entries(statusCodeStats).map(([status, { count }]) => [status, Number(count)]),
  ),
  failures: errors + timeouts,
});
