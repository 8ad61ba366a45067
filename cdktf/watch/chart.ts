import type { ApiFunction } from '../functions/api-function.ts';
import { METRICS } from './alarm.ts';

/** What the dashboard shows beside the alarms, as CloudWatch's widgets have it. */
export type Chart = { readonly title: string; readonly metrics: readonly unknown[] };

/** What the service tells of itself: src/telemetry.ts. */
export const toCharts = (router: ApiFunction): Chart[] => {
  const name = router.function.functionName;
  const line = (metric: string) => [METRICS, metric, 'Service', name, { stat: 'Sum' }];
  const refused = `{${METRICS},Service,Reason} MetricName="Refused" Service="${name}"`;
  return [
    {
      title: 'What became of events',
      metrics: ['EventsStored', 'EventsDuplicate', 'EventsFailed'].map(line),
    },
    {
      title: 'Refused, by reason',
      metrics: [[{ expression: `SEARCH('${refused}', 'Sum', 60)`, id: 'refused' }]],
    },
    {
      title: 'What storing costs beside the updates',
      metrics: ['BucketsOpened', 'WriteLookups', 'WriteRetries'].map(line),
    },
    { title: 'Cold starts', metrics: [line('ColdStarts')] },
  ];
};
