import { GATEWAY_STEPS, PRICES } from './prices.ts';

/** Events per month, and events per request. */
export type Load = { readonly events: number; readonly batch: number };

/** US dollars per month. */
export type Cost = {
  readonly requests: number;
  readonly gateway: number;
  readonly firewall: number;
  readonly functions: number;
  readonly logs: number;
  readonly cluster: number;
  readonly link: number;
  readonly rest: number;
  readonly total: number;
};

/** The cost drivers of one request. test/scripts/cost.test.ts measures the bytes; the times were not measured on AWS. */
export const REQUEST = {
  gb: 1,
  seconds: { one: 0.025, batch: 0.06 },
  /** The function's line, API Gateway's, and 26 bytes for each, which CloudWatch adds to a line. */
  logBytes: 920,
  replyBytes: 600,
  /** The share of traced requests: X-Ray's default. */
  traced: 0.05,
} as const;

/** What there is of each in `production`; test/scripts/cost.test.ts counts it. */
export const KEPT = { alarms: 8, dashboards: 1, insightRules: 1, zones: 3, metrics: 20 } as const;

const HOURS = 730;
// Events per month from which the estimate assumes an M30; not measured.
const M30_FROM = 500e6;
// Of a number in a full bucket, before compression and index.
const EVENT_BYTES = 40;
// The first month's snapshots of a database of this size at least, in GB.
const LEAST_GB = 2;

/** Estimates the cost of the first month of a load in `production`, without tax and the free tier. */
export const estimateCost = ({ events, batch }: Load): Cost => {
  const requests = events / batch;
  const millions = requests / 1e6;
  const seconds = batch === 1 ? REQUEST.seconds.one : REQUEST.seconds.batch;
  const gb = (bytes: number) => (requests * bytes) / 1e9;
  const price = (name: keyof typeof PRICES): number => PRICES[name].dollars;
  const parts = {
    gateway: toStepped(millions),
    firewall: price('firewallMonth') + millions * price('firewallMillion'),
    functions:
      millions * price('lambdaMillion') + requests * seconds * REQUEST.gb * price('lambdaGbSecond'),
    logs:
      gb(REQUEST.logBytes) * price('logGb') +
      millions * REQUEST.traced * price('traceMillion') +
      millions * price('insightMillion'),
    cluster: price(events < M30_FROM ? 'm10Hour' : 'm30Hour') * HOURS,
    link: (price('endpointHour') * KEPT.zones + price('atlasEndpointHour')) * HOURS,
    rest:
      gb(REQUEST.replyBytes) * price('transferGb') +
      Math.max(LEAST_GB, (events * EVENT_BYTES) / 1e9) * price('backupGbMonth') +
      KEPT.metrics * price('metricMonth') +
      KEPT.alarms * price('alarmMonth') +
      KEPT.dashboards * price('dashboardMonth') +
      KEPT.insightRules * price('insightRuleMonth'),
  };
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { requests, ...parts, total };
};

/** US dollars for an hour of one open stream: a process of the function serves one client. */
export const estimateStreamHour = (): number => REQUEST.gb * 3600 * PRICES.lambdaGbSecond.dollars;

function toStepped(millions: number): number {
  let cost = 0;
  let from = 0;
  for (const [until, price] of GATEWAY_STEPS) {
    cost += Math.max(0, Math.min(millions, until) - from) * price;
    from = until;
  }
  return cost;
}
