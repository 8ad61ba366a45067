import type { CountMetric, MetricDimension, MetricName } from '../../src/names/metric-names.ts';
import { METRIC_NAMESPACE } from '../../src/names/metric-names.ts';
import type { ApiFunction } from '../functions/api-function.ts';

/** A chart of the dashboard, in the format of CloudWatch's widgets. */
export type Chart = { readonly title: string; readonly metrics: readonly unknown[] };

const SERVICE: MetricDimension = 'Service';
const REASON: MetricDimension = 'Reason';
const EVENT_TYPE: MetricDimension = 'EventType';
const REFUSED: MetricName = 'Refused';
const MISMATCHES: MetricName = 'Mismatches';
const DEPRECATED: MetricName = 'Deprecated';

/** Charts of the service's own metrics, which src/telemetry.ts writes. */
export const toCharts = (router: ApiFunction): Chart[] => {
  const name = router.function.functionName;
  const line = (metric: CountMetric) => [METRIC_NAMESPACE, metric, SERVICE, name, { stat: 'Sum' }];
  const search = (metric: MetricName, dimension: MetricDimension) =>
    `SEARCH('{${METRIC_NAMESPACE},${SERVICE},${dimension}} MetricName="${metric}" ${SERVICE}="${name}"', 'Sum', 60)`;
  return [
    {
      title: 'Events stored, duplicate and failed',
      metrics: [line('EventsStored'), line('EventsDuplicate'), line('EventsFailed')],
    },
    {
      title: 'Refused events and requests, by reason',
      metrics: [[{ expression: search(REFUSED, REASON), id: 'refused' }]],
    },
    {
      title: 'Stored events whose value does not match their type, by event type',
      metrics: [[{ expression: search(MISMATCHES, EVENT_TYPE), id: 'mismatches' }]],
    },
    {
      title: 'Stored events of deprecated types, by event type',
      metrics: [[{ expression: search(DEPRECATED, EVENT_TYPE), id: 'deprecated' }]],
    },
    {
      title: 'Buckets opened, lookups and retries of writes',
      metrics: [line('BucketsOpened'), line('WriteLookups'), line('WriteRetries')],
    },
    { title: 'Cold starts', metrics: [line('ColdStarts')] },
  ];
};
