import autocannon from 'autocannon';
import type { LoadReport } from '../end-to-end/load-report.ts';

const [, , url = '', connections = '', seconds = ''] = process.argv;

void load();

/** Asks for the same thing again and again, and prints a report. */
async function load(): Promise<void> {
  const { requests, latency, statusCodeStats, errors, timeouts } = await autocannon({
    url: `${url}/hello`,
    connections: Number(connections),
    duration: Number(seconds),
  });
  const report: LoadReport = {
    rate: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    statuses: Object.fromEntries(
      Object.entries(statusCodeStats ?? {}).map(([status, { count }]) => [status, Number(count)]),
    ),
    failures: errors + timeouts,
  };
  process.stdout.write(JSON.stringify(report));
}
