/** A list price of eu-west-1. */
export type Price = {
  readonly dollars: number;
  readonly of: string;
  /** Where the price is from, and when it was looked up. */
  readonly source: string;
};

const MEMORY = 'from memory, November 2026';
const STORED = "stored copy of AWS's page, 2026-11-24";
// Copies of pages as they were found on 2026-11-28; those of AWS's prices by others name us-east-1.
const LAMBDA =
  'us-east-1, by aws.amazon.com/lambda/pricing, copy read 2026-11-28; eu-west-1 from memory, November 2026';
const FIREWALL = 'all regions, by c3x.dev/blog/aws-waf-cost-explained, copy read 2026-11-28';

/** The prices of the estimate, without API Gateway's, which has steps. */
export const PRICES = {
  lambdaMillion: { dollars: 0.2, of: 'million calls of Lambda', source: LAMBDA },
  lambdaGbSecond: { dollars: 0.000_016_666_7, of: 'GB-second of Lambda', source: LAMBDA },
  logGb: {
    dollars: 0.57,
    of: 'GB of logs',
    source: `${MEMORY}; in us-east-1, 0.50 by factualminds.com, June 2026`,
  },
  traceMillion: { dollars: 5, of: 'million traces', source: MEMORY },
  transferGb: { dollars: 0.09, of: 'GB to the internet', source: MEMORY },
  metricMonth: {
    dollars: 0.3,
    of: 'custom metric and month',
    source: 'signoz.io/guides/cloudwatch-pricing, February 2026',
  },
  alarmMonth: { dollars: 0.1, of: 'alarm and month', source: MEMORY },
  insightRuleMonth: { dollars: 0.5, of: 'rule of Contributor Insights and month', source: MEMORY },
  insightMillion: { dollars: 0.02, of: 'million log lines that a rule matches', source: MEMORY },
  dashboardMonth: {
    dollars: 3,
    of: 'dashboard and month',
    source: 'factualminds.com, June 2026',
  },
  firewallMonth: { dollars: 6, of: 'firewall with one rule and month', source: FIREWALL },
  firewallMillion: {
    dollars: 0.6,
    of: 'million requests that the firewall sees',
    source: FIREWALL,
  },
  m10Hour: { dollars: 0.09, of: 'hour of an M10 cluster', source: MEMORY },
  m30Hour: {
    dollars: 0.6,
    of: 'hour of an M30 cluster',
    source:
      'from memory, November 2026; in us-east-1, 0.54 by Atlas, "Understand Your Invoice", copy read 2026-11-28',
  },
  backupGbMonth: { dollars: 0.14, of: 'GB of snapshots and month', source: MEMORY },
  endpointHour: {
    dollars: 0.011,
    of: "hour of AWS's endpoint in a zone",
    source: `${MEMORY}; in us-east-1, 0.01 by awsnegotiations.com/privatelink-cost-analysis.html, May 2026`,
  },
  atlasEndpointHour: {
    dollars: 0.031,
    of: "hour of Atlas's private endpoint, with one capacity unit",
    source:
      'assumed: what AWS charges for a network load balancer; Atlas, "Additional Services", copy read 2026-11-28, has no number',
  },
} as const satisfies Record<string, Price>;

/** Pairs of a number of million requests per month, and the price of a million up to it. */
export const GATEWAY_STEPS = [
  [333, 3.5],
  [1_000, 2.8],
  [20_000, 2.38],
  [Number.POSITIVE_INFINITY, 1.51],
] as const;

export const GATEWAY_SOURCE = STORED;
