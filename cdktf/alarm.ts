import type { ApiFunction } from './api-function.ts';
import type { RestApi } from './rest-api.ts';

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

/** What is watched: the API as its clients see it, and the router's room to grow. */
export const toAlarms = ({ api, stage }: RestApi, router: ApiFunction): Alarm[] => {
  const gateway = {
    namespace: 'AWS/ApiGateway',
    dimensions: { ApiName: api.name, Stage: stage.stageName },
  };
  const lambda = {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: router.function.functionName },
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
  ];
};
