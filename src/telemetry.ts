import type { CountMetric as Count, MetricDimension, MetricName } from './names/metric-names.ts';
import { METRIC_NAMESPACE as NAMESPACE } from './names/metric-names.ts';

/** Adds to a count, or records the milliseconds that the database took. */
export type Measure = (metric: Count | 'DatabaseTime', value: number) => void;

/** An answered request. Holds nothing that a device sent: of devices, only their number. */
export type RequestLog = {
  requestId: string;
  traceId: string | undefined;
  operation: string | undefined;
  keyId: string | undefined;
  devices: number;
  status: number;
  milliseconds: number;
  /** The number of rejected events, or requests, by the type of problem. */
  refused: Map<string, number> | undefined;
};

export type Telemetry = { measure: Measure; logRequest(request: RequestLog): void };

export const noTelemetry: Telemetry = { measure: () => undefined, logRequest: () => undefined };

/** Takes the logs of a process, a line each. */
export type WriteLine = (line: string) => void;

// CloudWatch takes at most a hundred values of a metric from a line.
const MAX_VALUES = 100;

/**
 * Writes one line of JSON for each request: its log entry and, in CloudWatch's embedded metric format, its metrics.
 * For each type of problem it writes one more line. By hand, since Powertools' metrics add 4 ms to a cold start.
 * @param service the dimension of all metrics: the function's name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (service: string, write: WriteLine): Telemetry => {
  let counts: Partial<Record<Count, number>> = {};
  let times: number[] = [];
  let isCold = true;
  const measure: Measure = (metric, value) => {
    if (metric !== 'DatabaseTime') counts[metric] = (counts[metric] ?? 0) + value;
    else if (times.length < MAX_VALUES) times.push(toTenths(value));
  };
  const writeMetrics = (
    fields: object,
    dimensions: Partial<Record<MetricDimension, string>>,
    metrics: Partial<Record<MetricName, number | number[]>>,
  ): void => {
    const entry = JSON.stringify({ level: 'info', ...fields, ...dimensions, ...metrics });
    const directive = findDirective(Object.keys(dimensions), Object.keys(metrics));
    const _aws = `{"Timestamp":${Date.now()},"CloudWatchMetrics":[${directive}]}`;
    write(`${entry.slice(0, -1)},"_aws":${_aws}}`);
  };
  return {
    measure,
    logRequest({ refused, milliseconds, ...fields }) {
      if (isCold) measure('ColdStarts', 1);
      if (fields.status === 503) measure('Unavailable', 1);
      writeMetrics(
        { ...fields, coldStart: isCold },
        { Service: service },
        {
          RequestTime: toTenths(milliseconds),
          ...(times.length > 0 && { DatabaseTime: times }),
          ...counts,
        },
      );
      for (const [Reason, Refused] of refused ?? []) {
        writeMetrics({ requestId: fields.requestId }, { Service: service, Reason }, { Refused });
      }
      counts = {};
      times = [];
      isCold = false;
    },
  };
};

/** To a tenth of a millisecond: more digits would be noise. */
const toTenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

// Most requests have the same metrics. To write their directive each time would take as long as their validation.
const directives = new Map<string, string>();

function findDirective(dimensions: string[], metrics: string[]): string {
  const names = `${dimensions} ${metrics}`;
  const directive = directives.get(names) ?? toDirective(dimensions, metrics);
  directives.set(names, directive);
  return directive;
}

const toDirective = (dimensions: string[], metrics: string[]): string =>
  JSON.stringify({
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: metrics.map((Name) => ({ Name, Unit: toUnit(Name) })),
  });

const toUnit = (metric: string): string => (metric.endsWith('Time') ? 'Milliseconds' : 'Count');
