import type { LoadReport } from '../end-to-end/load-report.ts';
import type { Section } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';

/** A server, and the reports of its rounds. */
export type Loaded = { title: string; reports: LoadReport[] };

/** Describes the load on our gateway, which comes first, and on the others. */
export const describeGateway = (loaded: Loaded[], connections: number): Section => {
  const [own, , peer] = loaded;
  const toRates = (each: Loaded | undefined): number[] =>
    each?.reports.map(({ rate }) => rate) ?? [];
  const rates = loaded.map((each) => toSpread(toRates(each)));
  return {
    title: 'The gateway alone: requests through it, and through others',
    notes: [
      `autocannon with ${connections} connections, by turns: GET of one path, whose function returns a constant at once. Server and load share this machine's cores.`,
      'The bare server knows nothing of API Gateway: it is what Node can do here. serverless-offline calls the function in a worker thread; with useInProcess, as we do, in its own process.',
    ],
    tables: [
      {
        title: 'Requests per second, and milliseconds',
        columns: ['server', 'requests/s', 'range', 'p50', 'p99', 'to ours', 'statuses'],
        rows: loaded.map((each, index) => {
          const { median = Number.NaN, low = median, high = median } = rates[index] ?? {};
          return [
            each.title,
            toText(median),
            `${toText(low)}–${toText(high)}`,
            toText(toSpread(each.reports.map(({ p50 }) => p50)).median),
            toText(toSpread(each.reports.map(({ p99 }) => p99)).median),
            `${toText(toRatio(toRates(each), toRates(own)))}×`,
            toStatuses(each),
          ];
        }),
      },
    ],
    charts: [
      {
        name: 'gateway',
        title: 'GET of a constant, through a gateway on this machine',
        unit: 'requests/s',
        scale: 'linear',
        bars: rates.map((spread, index) => ({
          label: loaded[index]?.title ?? '',
          spread,
          isOurs: index === 0,
        })),
      },
    ],
    targets: [
      {
        what: 'requests per second through the gateway, times serverless-offline’s',
        got: toRatio(toRates(own), toRates(peer)),
        atLeast: 1,
      },
    ],
  };
};

function toStatuses({ reports }: Loaded): string {
  const counts = new Map<string, number>();
  for (const { statuses, failures } of reports) {
    for (const [status, count] of Object.entries({ ...statuses, none: failures })) {
      counts.set(status, (counts.get(status) ?? 0) + count);
    }
  }
  return [...counts]
    .flatMap(([status, count]) => (count > 0 ? `${status}: ${count}` : []))
    .join(', ');
}
