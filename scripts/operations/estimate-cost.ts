/** Events a month, and how many a device sends in one request. */
export type Load = { readonly events: number; readonly batch: number };

/** US dollars a month. */
export type Cost = {
  readonly requests: number;
  readonly gateway: number;
  readonly functions: number;
  readonly logs: number;
  readonly cluster: number;
  readonly rest: number;
  readonly total: number;
};

/** List prices of eu-west-1 in US dollars. API Gateway's are AWS's own page; the others are from memory. */
export const PRICES = {
  /** Of a million requests, up to so many millions a month. */
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

/** What one request takes; not measured on AWS. */
export const REQUEST = {
  gb: 1,
  seconds: { one: 0.025, batch: 0.06 },
  logBytes: 500,
  replyBytes: 600,
  /** X-Ray's own default: one in twenty. */
  traced: 0.05,
} as const;

const HOURS = 730;
const ZONES = 3;
// Alarms, dashboard, images.
const SMALL_THINGS = 5;
// Events a month from which on we would begin with an M30; not measured either.
const M30_FROM = 500e6;

/** What a load costs, without what it stores, tax and the free tier. */
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
