import { COUNTS } from '../ledger/tally.ts';
import type { Report } from './to-report.ts';

const SHOWN = 10;

/** Renders the report for people. */
export const toSummary = (report: Report): string => {
  const { counts, statuses, latencyMs, throughput, service, settings, verified } = report;
  const { writes, reads } = latencyMs;
  const rows = Object.entries(COUNTS).map(
    ([count, words]) => `${format(counts[count as keyof typeof COUNTS]).padStart(12)}  ${words}`,
  );
  const replies = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  return [
    ...rows,
    '',
    `${report.seconds} s: ${throughput.acknowledgedPerSecond} events and ${throughput.requestsPerSecond} requests per second; replies: ${replies.join(', ')}`,
    `Latency of writes: p50 ${writes.p50}, p90 ${writes.p90}, p99 ${writes.p99}, at most ${writes.max} ms; of reads: p50 ${reads.p50}, p99 ${reads.p99} ms`,
    ...(service ? [toServiceLine(service)] : []),
    ...(report.backlog > 0 ? [`${format(report.backlog)} events were not delivered in time`] : []),
    '',
    ...verified.first.slice(0, SHOWN).map(({ kind, text }) => `✖ ${kind}: ${text}`),
    toVerdict(report),
    `Repeat with --seed ${settings.seed}`,
  ].join('\n');
};

const format = (count: number): string => count.toLocaleString('en');

const toServiceLine = (service: NonNullable<Report['service']>): string =>
  `The service: memory ${service.rssMbByQuarter.join(' → ')} MB (median RSS by quarter of the run), at most ${service.databaseConnections} connections to the database and ${service.clientConnections} from clients`;

function toVerdict({ passed, counts, verified }: Report): string {
  const read = `${format(verified.stored)} events of ${verified.devices} devices read back`;
  if (passed) {
    return `✔ ${read}: each of the ${format(counts.acknowledged)} acknowledged events is stored exactly once`;
  }
  const { lost, doubled, unexpected, contradiction, unread } = verified.findings;
  const findings = `${lost} lost, ${doubled} doubled, ${unexpected} unexpected, ${contradiction} contradictions`;
  const rest = unread > 0 ? ', the rest could not be read' : '';
  return `✖ ${read}${rest}: ${findings}; ${counts.serverErrors} requests failed (5xx)`;
}
