/** Events per month, and events per request. */
export type Load = { readonly events: number; readonly batch: number };

/** US dollars per month. */
export type Cost = {
  readonly requests: number;
  readonly gateway: number;
  readonly functions: number;
  readonly logs: number;
  readonly cluster: number;
  readonly rest: number;
  readonly total: number;
};

/** List prices of eu-west-1 in US dollars. API Gateway's are from AWS's page; the others are from memory. */
export const PRICES = {
  /** Pairs of a number of million requests per month, and the price of a million up to it. */
  gateway: [
    [333, 3.5],
    [1_000, 2.8],
    [20_000, 2.38],
    [Number.POSITIVE_INFINITY, 1.51],
  ],
  lambdaMillion: 0.2,
  lambdaGbSecond: 0.000_016_666_7,
  logGb: 0.57,
  traceMillion: 5,
  transferGb: 0.09,
  clusterHour: { M10: 0.09, M30: 0.6 },
  endpointHour: 0.011,
} as const;

/** The cost drivers of one request; not measured on AWS. */
export const REQUEST = {
  gb: 1,
  seconds: { one: 0.025, batch: 0.06 },
  logBytes: 500,
  replyBytes: 600,
  /** The share of traced requests: X-Ray's default. */
  traced: 0.05,
} as const;

const HOURS = 730;
const ZONES = 3;
// Dollars per month for alarms, dashboard and images.
const SMALL_THINGS = 5;
// Events per month from which the estimate assumes an M30; not measured either.
const M30_FROM = 500e6;

/** Estimates the cost of a load, without storage, tax and the free tier. */
export const estimateCost = ({ events, batch }: Load): Cost => {
  const requests = events / batch;
  const millions = requests / 1e6;
  const seconds = batch === 1 ? REQUEST.seconds.one : REQUEST.seconds.batch;
  const gb = (bytes: number) => (requests * bytes) / 1e9;
  const parts = {
    gateway: toTiered(millions),
    functions:
      millions * PRICES.lambdaMillion + requests * seconds * REQUEST.gb * PRICES.lambdaGbSecond,
    logs: gb(REQUEST.logBytes) * PRICES.logGb + millions * REQUEST.traced * PRICES.traceMillion,
    cluster: PRICES.clusterHour[events < M30_FROM ? 'M10' : 'M30'] * HOURS,
    rest:
      gb(REQUEST.replyBytes) * PRICES.transferGb +
      PRICES.endpointHour * ZONES * HOURS +
      SMALL_THINGS,
  };
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { requests, ...parts, total };
};

function toTiered(millions: number): number {
  let cost = 0;
  let from = 0;
  for (const [until, price] of PRICES.gateway) {
    cost += Math.max(0, Math.min(millions, until) - from) * price;
    from = until;
  }
  return cost;
}
