/** What is counted, or measured in milliseconds (`DatabaseTime`), while requests are answered. */
export type Metric =
  | 'EventsStored'
  | 'EventsDuplicate'
  | 'EventsFailed'
  | 'BucketsOpened'
  | 'WriteLookups'
  | 'WriteRetries'
  | 'DatabaseTime';

export type Measure = (metric: Metric, value: number) => void;

/** One answered request. Never what a device sent: of devices, only how many. */
export type RequestLog = {
  requestId: string;
  traceId: string | undefined;
  operation: string | undefined;
  keyId: string | undefined;
  devices: number;
  status: number;
  milliseconds: number;
  /** How many events, or requests, were refused with each type of problem. */
  refused: Map<string, number>;
};

export type Telemetry = { measure: Measure; logRequest(request: RequestLog): void };

/** Where the logs of a process go, a line each. */
export type WriteLine = (line: string) => void;

const NAMESPACE = 'IotEvents';

/**
 * One line of JSON for each request, which is its log and, in CloudWatch's embedded metric format, its
 * metrics. By hand: Powertools' metrics alone cost 4 ms of a cold start, all of the budget above the floor.
 * @param service the dimension of all metrics: the function's name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (service: string, write: WriteLine): Telemetry => {
  let isCold = true;
  let values: Partial<Record<Metric, number[]>> = {};
  return {
    measure(metric, value) {
      const list = values[metric] ?? [];
      values[metric] = list;
      // The format takes a hundred values of a metric.
      if (list.length < 100) list.push(value);
    },
    logRequest({ refused, milliseconds, status, ...request }) {
      const unavailable = status === 503 ? 1 : 0;
      const metrics = { ...values, ColdStarts: isCold ? 1 : 0, Unavailable: unavailable };
      const log = { level: 'info', ...request, status, coldStart: isCold };
      write(
        toLine({ ...log, Service: service, RequestTime: milliseconds, ...metrics }, ['Service']),
      );
      for (const [Reason, Refused] of refused) {
        const { requestId } = request;
        const line = { level: 'info', requestId, Service: service, Reason, Refused };
        write(toLine(line, ['Service', 'Reason']));
      }
      isCold = false;
      values = {};
    },
  };
};

/** What begins with a capital is a dimension, or a metric. */
function toLine(fields: Record<string, unknown>, dimensions: string[]): string {
  const names = Object.keys(fields).filter(isCapitalised);
  const known = names.join();
  const directive = directives.get(known) ?? toDirective(names, dimensions);
  directives.set(known, directive);
  const time = Date.now();
  // There are few sets of metrics, and many requests.
  return `${JSON.stringify(fields).slice(0, -1)},"_aws":{"Timestamp":${time},"CloudWatchMetrics":[${directive}]}}`;
}

const directives = new Map<string, string>();

const isCapitalised = (name: string): boolean => name.charCodeAt(0) < 91;

const toDirective = (names: string[], dimensions: string[]): string => {
  const metrics = names.filter((name) => !dimensions.includes(name));
  return JSON.stringify({
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: metrics.map((Name) => ({ Name, Unit: toUnit(Name) })),
  });
};

const toUnit = (metric: string): string => (metric.endsWith('Time') ? 'Milliseconds' : 'Count');
