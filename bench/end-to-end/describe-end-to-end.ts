import type { Section } from '../report/section.ts';
import { toSpread, toText } from '../report/statistics.ts';
import type { LoadResult } from './load-result.ts';

/** Describes the measurements of autocannon. */
export const describeEndToEnd = (
  results: LoadResult[],
  { engine, connections }: { engine: string; connections: number },
): Section => {
  const rows = results.map(({ title, method, reports }) => ({
    title,
    method,
    rate: toSpread(reports.map(({ rate }) => rate)),
    p50: toSpread(reports.map(({ p50 }) => p50)),
    p99: toSpread(reports.map(({ p99 }) => p99)),
    statuses: toStatuses(results, title, method),
  }));
  return {
    title: 'End to end: HTTP through the local gateway',
    notes: [
      `autocannon with ${connections} connections, alternating between functions. Gateway, function, load and ${engine} share this machine’s cores; gateway and database take most of the time.`,
      'Events of 100 devices. GET reads what the POSTs before it stored, so its figures are harder to compare.',
    ],
    tables: [
      {
        title: 'Requests per second, and milliseconds',
        columns: ['operation', 'function', 'requests/s', 'range', 'p50', 'p99', 'statuses'],
        rows: rows.map(({ title, method, rate, p50, p99, statuses }) => [
          `${method} /events`,
          title,
          toText(rate.median),
          `${toText(rate.low)}–${toText(rate.high)}`,
          toText(p50.median),
          toText(p99.median),
          statuses,
        ]),
      },
    ],
    charts: [
      {
        name: 'end-to-end',
        title: 'POST /events through the local gateway',
        unit: 'requests/s',
        scale: 'linear',
        bars: rows
          .filter(({ method }) => method === 'POST')
          .map(({ title, rate }, index) => ({ label: title, spread: rate, isOurs: index === 0 })),
      },
    ],
    targets: [],
  };
};

function toStatuses(results: LoadResult[], title: string, method: string): string {
  const counts = new Map<string, number>();
  for (const result of results) {
    if (result.title !== title || result.method !== method) continue;
    for (const { statuses, failures } of result.reports) {
      for (const [status, count] of Object.entries({ ...statuses, none: failures })) {
        counts.set(status, (counts.get(status) ?? 0) + count);
      }
    }
  }
  return [...counts]
    .flatMap(([status, count]) => (count > 0 ? `${status}: ${count}` : []))
    .join(', ');
}
