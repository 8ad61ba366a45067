import type { CountMetric, MetricDimension, MetricName } from '../../src/names/metric-names.ts';
import { METRIC_NAMESPACE } from '../../src/names/metric-names.ts';
import type { ApiFunction } from '../functions/api-function.ts';

/** A chart of the dashboard, in the format of CloudWatch's widgets. */
export type Chart = { readonly title: string; readonly metrics: readonly unknown[] };

const SERVICE: MetricDimension = 'Service';
const REASON: MetricDimension = 'Reason';
const REFUSED: MetricName = 'Refused';

/** Charts of the service's own metrics, which src/telemetry.ts writes. */
export const toCharts = (router: ApiFunction): Chart[] => {
  const name = router.function.functionName;
  const line = (metric: CountMetric) => [METRIC_NAMESPACE, metric, SERVICE, name, { stat: 'Sum' }];
  const refused = `{${METRIC_NAMESPACE},${SERVICE},${REASON}} MetricName="${REFUSED}" ${SERVICE}="${name}"`;
  return [
    {
      title: 'Events stored, duplicate and failed',
      metrics: [line('EventsStored'), line('EventsDuplicate'), line('EventsFailed')],
    },
    {
      title: 'Refused events and requests, by reason',
      metrics: [[{ expression: `SEARCH('${refused}', 'Sum', 60)`, id: 'refused' }]],
    },
    {
      title: 'Buckets opened, lookups and retries of writes',
      metrics: [line('BucketsOpened'), line('WriteLookups'), line('WriteRetries')],
    },
    { title: 'Cold starts', metrics: [line('ColdStarts')] },
  ];
};
