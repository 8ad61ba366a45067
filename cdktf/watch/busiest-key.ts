import { CloudwatchContributorInsightRule } from '@cdktf/provider-aws/lib/cloudwatch-contributor-insight-rule/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import type { ApiFunction } from '../functions/api-function.ts';
import { ALARM_WINDOW } from './alarm.ts';

export type BusiestKeyProps = {
  readonly name: string;
  readonly router: ApiFunction;
  /** Requests per second of all clients. */
  readonly rate: number;
  /** SNS topics to tell. */
  readonly actions: string[];
};

// The share of the API's rate that one key may use before somebody should look at it.
const SHARE = 0.25;

/**
 * Counts the requests of each key, from the router's log, and tells when one sends a large share of what all may. A
 * device in a loop uses up the rate of the whole fleet: no key has a rate of its own.
 */
export class BusiestKey extends Construct {
  /** For the dashboard: the keys that send most. */
  readonly chart: object;

  constructor(scope: Construct, id: string, { name, router, rate, actions }: BusiestKeyProps) {
    super(scope, id);
    const rule = new CloudwatchContributorInsightRule(this, 'rule', {
      ruleName: `${name}-keys`,
      ruleState: 'ENABLED',
      ruleDefinition: JSON.stringify({
        Schema: { Name: 'CloudWatchLogRule', Version: 1 },
        LogGroupNames: [router.log.name],
        LogFormat: 'JSON',
        Contribution: {
          Keys: ['$.keyId'],
          Filters: [{ Match: '$.keyId', IsPresent: true }],
        },
        AggregateOn: 'Count',
      }),
    });
    this.chart = {
      title: 'The keys that send most',
      insightRule: { ruleName: rule.ruleName, maxContributorCount: 10, orderBy: 'Sum' },
      view: 'timeSeries',
    };
    new CloudwatchMetricAlarm(this, 'loop', {
      alarmName: `${name}-loop`,
      alarmDescription: `One key sends ${SHARE * 100} % of what api.rate allows to all: see docs/operations.md, "loop"`,
      metricQuery: [
        {
          id: 'most',
          label: 'Requests of the busiest key',
          expression: `INSIGHT_RULE_METRIC("${rule.ruleName}", "MaxContributorValue")`,
          period: 60,
          returnData: true,
        },
      ],
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: Math.ceil(rate * 60 * SHARE),
      ...ALARM_WINDOW,
      alarmActions: actions,
      okActions: actions,
    });
  }
}
