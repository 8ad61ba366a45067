import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import type { RestApi } from '../api/rest-api.ts';
import type { Environment } from '../environment/environments.ts';
import type { ApiFunction } from '../functions/api-function.ts';
import type { Alarm } from './alarm.ts';
import { ALARM_WINDOW, toAlarms } from './alarm.ts';
import { Budget } from './budget.ts';
import { BusiestKey } from './busiest-key.ts';
import { toCharts } from './chart.ts';

export type AlarmsProps = {
  readonly name: string;
  readonly api: RestApi;
  readonly router: ApiFunction;
  readonly region: string;
  readonly environment: Environment;
};

/** The alarms that notify the operator, the budget, and the dashboard. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { name, region, environment, ...props }: AlarmsProps) {
    super(scope, id);
    const { api, alarmTopicArn, monthlyBudget } = environment;
    const { router } = props;
    const alarms = toAlarms(props.api, router, api.rate);
    const actions = alarmTopicArn ? [alarmTopicArn] : [];
    for (const alarm of alarms) this.createAlarm(name, alarm, actions);
    const busiest = new BusiestKey(this, 'keys', { name, router, rate: api.rate, actions });
    new Budget(this, 'budget', { name, monthly: monthlyBudget, topics: actions });
    const charts = [...alarms.map(toAlarmChart), busiest.chart, ...toCharts(router)];
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        widgets: charts.map((chart, index) => ({
          type: 'metric',
          x: (index % 2) * 12,
          y: Math.floor(index / 2) * 6,
          width: 12,
          height: 6,
          properties: { region, period: 60, ...chart },
        })),
      }),
    });
  }

  private createAlarm(name: string, alarm: Alarm, actions: string[]): void {
    const isPercentile = alarm.statistic.startsWith('p');
    new CloudwatchMetricAlarm(this, alarm.id, {
      alarmName: `${name}-${alarm.id}`,
      // Leads to the instructions for this alarm.
      alarmDescription: `${alarm.description}: see docs/operations.md, "${alarm.id}"`,
      namespace: alarm.namespace,
      metricName: alarm.metric,
      dimensions: alarm.dimensions,
      ...(isPercentile ? { extendedStatistic: alarm.statistic } : { statistic: alarm.statistic }),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: alarm.threshold,
      period: 60,
      ...ALARM_WINDOW,
      alarmActions: actions,
      okActions: actions,
    });
  }
}

function toAlarmChart(alarm: Alarm) {
  const dimensions = Object.entries(alarm.dimensions).flat();
  return {
    title: alarm.description,
    stat: alarm.statistic,
    metrics: [[alarm.namespace, alarm.metric, ...dimensions]],
    annotations: { horizontal: [{ label: alarm.id, value: alarm.threshold }] },
  };
}
