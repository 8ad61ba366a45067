import type { Traits } from '../device/traits.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Tally } from '../ledger/tally.ts';
import type { Options } from '../parse-options.ts';
import type { ServiceSample } from '../service/start-own-service.ts';
import type { Verdict } from '../verify/verify.ts';

/** All figures of a run, for programs. */
export type Report = ReturnType<typeof toReport>;

export type Run = {
  options: Options;
  tally: Tally;
  fleet: Traits[];
  /** The time during which events were created and delivered. */
  sendingMs: number;
  backlog: number;
  /** The maximum number of connections at once. */
  connections: number;
  samples: ServiceSample[];
  verdict: Verdict;
};

/** How many findings of each kind are kept. */
const KEPT = 100;

export const toReport = (run: Run) => {
  const { options, tally, sendingMs, verdict, samples } = run;
  const { url, apiKey: _, reportFile: __, ...settings } = options;
  const perSecond = (count: number): number => Math.round((count * 10_000) / sendingMs) / 10;
  const { acknowledged, requests, serverErrors } = tally.counts;
  return {
    passed: verdict.findings.length === 0 && serverErrors === 0,
    settings: { ...settings, url: url?.href ?? 'a service of the run itself' },
    seconds: Math.round(sendingMs / 100) / 10,
    throughput: {
      acknowledgedPerSecond: perSecond(acknowledged),
      requestsPerSecond: perSecond(requests),
    },
    counts: tally.counts,
    statuses: tally.statuses,
    backlog: run.backlog,
    latencyMs: { writes: tally.writes.all(), reads: tally.reads.all() },
    connections: run.connections,
    ...(samples.length > 0 && { service: toService(samples) }),
    verified: {
      devices: verdict.devices,
      stored: verdict.stored,
      findings: countKinds(verdict.findings),
      first: firstOfEachKind(verdict.findings),
    },
    fleet: run.fleet,
  };
};

/** Medians for each quarter of the run show whether memory grows. */
function toService(samples: ServiceSample[]) {
  const quarters = [0, 1, 2, 3].map((quarter) => {
    const [from, to] = [quarter, quarter + 1].map((part) => (part * samples.length) / 4);
    return samples.slice(from, to);
  });
  const medians = (field: 'rssMb' | 'heapMb'): number[] =>
    quarters.flatMap((part) => median(part.map((sample) => sample[field])) ?? []);
  const most = (field: keyof ServiceSample): number =>
    Math.max(...samples.map((sample) => sample[field]));
  return {
    rssMb: { first: samples[0]?.rssMb, last: samples.at(-1)?.rssMb, most: most('rssMb') },
    rssMbByQuarter: medians('rssMb'),
    heapMbByQuarter: medians('heapMb'),
    databaseConnections: most('databaseConnections'),
    clientConnections: most('clientConnections'),
  };
}

const median = (numbers: number[]): number | undefined =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function countKinds(findings: Finding[]): Record<Finding['kind'], number> {
  const counts = { lost: 0, doubled: 0, unexpected: 0, contradiction: 0, unread: 0 };
  for (const { kind } of findings) counts[kind] += 1;
  return counts;
}

const firstOfEachKind = (findings: Finding[]): Finding[] =>
  Object.keys(countKinds([])).flatMap((kind) =>
    findings.filter((finding) => finding.kind === kind).slice(0, KEPT),
  );
