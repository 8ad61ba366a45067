import type { MetricDimension, MetricName } from '../../src/names/metric-names.ts';
import { METRIC_NAMESPACE } from '../../src/names/metric-names.ts';
import type { RestApi } from '../api/rest-api.ts';
import type { ApiFunction } from '../functions/api-function.ts';

/** A metric, and the threshold at which somebody should look at it. */
export type Alarm = {
  readonly id: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, string>;
  readonly statistic: string;
  readonly threshold: number;
};

/** Three minutes of five, so that a single failed request does not raise an alarm. */
export const ALARM_WINDOW = {
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  treatMissingData: 'notBreaching',
};

type Dimensions = { [Name in MetricDimension]?: string };

/**
 * The alarms: on the API as its clients see it, on the router's concurrency, and on the database.
 * @param rate requests per second that the API allows to all clients
 */
export const toAlarms = ({ api, stage }: RestApi, router: ApiFunction, rate: number): Alarm[] => {
  const gateway = {
    namespace: 'AWS/ApiGateway',
    dimensions: { ApiName: api.name, Stage: stage.stageName },
  };
  const lambda = {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: router.function.functionName },
  };
  const own = (metric: MetricName) => ({
    namespace: METRIC_NAMESPACE,
    metric,
    dimensions: { Service: router.function.functionName } satisfies Dimensions,
  });
  return [
    {
      ...gateway,
      id: 'errors',
      description: 'More than 1 % of requests fail with a 5xx',
      metric: '5XXError',
      statistic: 'Average',
      threshold: 0.01,
    },
    {
      ...gateway,
      id: 'latency',
      description: '1 % of requests take more than 2 s',
      metric: 'Latency',
      statistic: 'p99',
      threshold: 2000,
    },
    {
      ...gateway,
      id: 'flood',
      description: 'More requests arrive than api.rate allows',
      metric: 'Count',
      statistic: 'Sum',
      threshold: rate * 60,
    },
    {
      ...lambda,
      id: 'throttles',
      description: 'Requests find no free process',
      metric: 'Throttles',
      statistic: 'Sum',
      threshold: 1,
    },
    {
      ...lambda,
      id: 'concurrency',
      description: 'More than 80 % of the reserved concurrency is in use',
      metric: 'ConcurrentExecutions',
      statistic: 'Maximum',
      threshold: Math.ceil(router.concurrency * 0.8),
    },
    {
      ...own('Unavailable'),
      id: 'unavailable',
      description: 'Requests fail because the database is unavailable',
      statistic: 'Sum',
      threshold: 5,
    },
    {
      ...own('DatabaseTime'),
      id: 'database',
      description: '1 % of database operations take more than 1 s',
      statistic: 'p99',
      threshold: 1000,
    },
  ];
};
