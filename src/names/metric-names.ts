/** The CloudWatch namespace of the service's own metrics. */
export const METRIC_NAMESPACE = 'IotEvents';

/** The metrics that count, in the unit Count. */
export const COUNT_METRICS = [
  'EventsStored',
  'EventsDuplicate',
  'EventsFailed',
  'BucketsOpened',
  'WriteLookups',
  'WriteRetries',
  'ColdStarts',
  'Unavailable',
] as const;

export type CountMetric = (typeof COUNT_METRICS)[number];

/** Every metric of the service; `…Time` is in milliseconds. */
export type MetricName =
  | CountMetric
  | 'Mismatches'
  | 'Deprecated'
  | 'Refused'
  | 'RequestTime'
  | 'DatabaseTime';

/**
 * The dimensions of the metrics. `Service` is the function's name; `Refused` also has a `Reason`, a problem type;
 * `Mismatches` and `Deprecated` an `EventType` of the registry.
 */
export type MetricDimension = 'Service' | 'Reason' | 'EventType';
