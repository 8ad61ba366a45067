import type { RestApi } from '../api/rest-api.ts';
import type { ApiFunction } from '../functions/api-function.ts';

/** Where src/telemetry.ts has CloudWatch keep the service's own metrics. */
export const METRICS = 'IotEvents';

/** A metric, and the value from which on it is someone's business. */
export type Alarm = {
  readonly id: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, string>;
  readonly statistic: string;
  readonly threshold: number;
};

/** What is watched: the API as its clients see it, the router's room to grow, and the database behind it. */
export const toAlarms = ({ api, stage }: RestApi, router: ApiFunction): Alarm[] => {
  const gateway = {
    namespace: 'AWS/ApiGateway',
    dimensions: { ApiName: api.name, Stage: stage.stageName },
  };
  const lambda = {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: router.function.functionName },
  };
  const own = {
    namespace: METRICS,
    dimensions: { Service: router.function.functionName },
  };
  return [
    {
      ...gateway,
      ...{ id: 'errors', description: 'More than 1 % of requests end in a 5xx' },
      ...{ metric: '5XXError', statistic: 'Average', threshold: 0.01 },
    },
    {
      ...gateway,
      ...{ id: 'latency', description: 'One request in a hundred takes over 2 s' },
      ...{ metric: 'Latency', statistic: 'p99', threshold: 2000 },
    },
    {
      ...lambda,
      ...{ id: 'throttles', description: 'Requests find no free process' },
      ...{ metric: 'Throttles', statistic: 'Sum', threshold: 1 },
    },
    {
      ...lambda,
      ...{ id: 'concurrency', description: 'Over 80 % of the reserved concurrency is in use' },
      ...{ metric: 'ConcurrentExecutions', statistic: 'Maximum' },
      threshold: Math.ceil(router.concurrency * 0.8),
    },
    {
      ...own,
      ...{ id: 'unavailable', description: 'Requests are refused since the database is not there' },
      ...{ metric: 'Unavailable', statistic: 'Sum', threshold: 5 },
    },
    {
      ...own,
      ...{ id: 'database', description: 'One look at the database in a hundred takes over 1 s' },
      ...{ metric: 'DatabaseTime', statistic: 'p99', threshold: 1000 },
    },
  ];
};
