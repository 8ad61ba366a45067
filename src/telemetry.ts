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

export type Telemetry = {
  measure: Measure;
  /** Counts an event of a type of the registry that was stored with warnings, given their codes. */
  countWarnings(eventType: string, codes: string[]): void;
  logRequest(request: RequestLog): void;
};

export const noTelemetry: Telemetry = {
  measure: () => undefined,
  countWarnings: () => undefined,
  logRequest: () => undefined,
};

/** The events of a type that were stored with warnings; an event has one warning of each metric at most. */
type Warned = {
  metrics: Partial<Record<'Mismatches' | 'Deprecated', number>>;
  codes: Map<string, number>;
};

type Metrics = Partial<Record<MetricName, number | number[]>>;

/** Takes the logs of a process, a line each. */
export type WriteLine = (line: string) => void;

// CloudWatch takes at most a hundred values of a metric from a line.
const MAX_VALUES = 100;

/**
 * Writes one line of JSON for each request: its log entry and, in CloudWatch's embedded metric format, its metrics.
 * For each type of problem it writes one more line, and for each event type of which events
 * were stored with warnings. By hand, since Powertools' metrics add 4 ms to a cold start.
 * @param service the dimension of all metrics: the function's name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (service: string, write: WriteLine): Telemetry => {
  let counts: Partial<Record<Count, number>> = {};
  let times: number[] = [];
  let warned = new Map<string, Warned>();
  let isCold = true;
  const measure: Measure = (metric, value) => {
    if (metric !== 'DatabaseTime') counts[metric] = (counts[metric] ?? 0) + value;
    else if (times.length < MAX_VALUES) times.push(toTenths(value));
  };
  const writeLine = (entry: object, directive: string): void => {
    const _aws = `{"Timestamp":${Date.now()},"CloudWatchMetrics":[${directive}]}`;
    write(`${JSON.stringify(entry).slice(0, -1)},"_aws":${_aws}}`);
  };
  return {
    measure,
    countWarnings(eventType, codes) {
      const counted: Warned = warned.get(eventType) ?? { metrics: {}, codes: new Map() };
      warned.set(eventType, counted);
      for (const code of codes) {
        const metric = code === 'deprecated' ? 'Deprecated' : 'Mismatches';
        counted.metrics[metric] = (counted.metrics[metric] ?? 0) + 1;
        counted.codes.set(code, (counted.codes.get(code) ?? 0) + 1);
      }
    },
    logRequest({ requestId, traceId, operation, keyId, devices, status, milliseconds, refused }) {
      if (isCold) measure('ColdStarts', 1);
      if (status === 503) measure('Unavailable', 1);
      const metrics: Metrics = { RequestTime: toTenths(milliseconds), ...counts };
      if (times.length > 0) metrics.DatabaseTime = times;
      const log = { requestId, traceId, operation, keyId, devices, status, coldStart: isCold };
      writeLine(
        { level: 'info', ...log, Service: service, ...metrics },
        findDirective(Object.keys(metrics)),
      );
      for (const [Reason, Refused] of refused ?? []) {
        writeLine({ level: 'info', requestId, Service: service, Reason, Refused }, REFUSAL);
      }
      for (const [EventType, { metrics, codes }] of warned) {
        const entry = { level: 'warn', requestId, keyId, codes: Object.fromEntries(codes) };
        writeLine(
          { ...entry, Service: service, EventType, ...metrics },
          toDirective(['Service', 'EventType'], Object.keys(metrics)),
        );
      }
      counts = {};
      times = [];
      if (warned.size > 0) warned = new Map();
      isCold = false;
    },
  };
};

/** To a tenth of a millisecond: more digits would be noise. */
const toTenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

// Most requests have the same metrics. To write their directive each time would take as long as their validation.
const directives = new Map<string, string>();

function findDirective(metrics: string[]): string {
  const names = metrics.join();
  const directive = directives.get(names) ?? toDirective(['Service'], metrics);
  directives.set(names, directive);
  return directive;
}

const toDirective = (dimensions: MetricDimension[], metrics: string[]): string =>
  JSON.stringify({
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: metrics.map((Name) => ({ Name, Unit: toUnit(Name) })),
  });

const toUnit = (metric: string): string => (metric.endsWith('Time') ? 'Milliseconds' : 'Count');

const REFUSAL = toDirective(['Service', 'Reason'], ['Refused']);
