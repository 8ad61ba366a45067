/** What is counted while requests are answered. */
export type Count =
  | 'EventsStored'
  | 'EventsDuplicate'
  | 'EventsFailed'
  | 'BucketsOpened'
  | 'WriteLookups'
  | 'WriteRetries';

/** Adds to a count, or tells milliseconds: how long the database took. */
export type Measure = (metric: Count | 'DatabaseTime', value: number) => void;

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
  refused: Map<string, number> | undefined;
};

export type Telemetry = { measure: Measure; logRequest(request: RequestLog): void };

/** Where the logs of a process go, a line each. */
export type WriteLine = (line: string) => void;

const NAMESPACE = 'IotEvents';
// The format takes a hundred values of a metric.
const MAX_VALUES = 100;

/**
 * One line of JSON for each request, which is its log and, in CloudWatch's embedded metric format, its
 * metrics. By hand: Powertools' metrics alone cost 4 ms of a cold start, all of the budget above the floor.
 * Put together from text, since copies of objects would cost a warm request a tenth of its time.
 * @param service the dimension of all metrics: the function's name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (service: string, write: WriteLine): Telemetry => {
  let isCold = true;
  let metrics: Metrics = new Map();
  let times: number[] = [];
  return {
    measure(metric, value) {
      if (metric !== 'DatabaseTime') metrics.set(metric, Number(metrics.get(metric) ?? 0) + value);
      else if (times.length < MAX_VALUES) times.push(value);
    },
    logRequest(request) {
      const { requestId, traceId, operation, keyId, devices, status, milliseconds } = request;
      const log = { requestId, traceId, operation, keyId, devices, status, coldStart: isCold };
      if (times.length > 0) metrics.set('DatabaseTime', `[${times.join()}]`);
      metrics.set('RequestTime', milliseconds);
      metrics.set('ColdStarts', isCold ? 1 : 0);
      metrics.set('Unavailable', status === 503 ? 1 : 0);
      write(toLine(log, { Service: service }, metrics));
      for (const [Reason, refused] of request.refused ?? []) {
        const dimensions = { Service: service, Reason };
        write(toLine({ requestId }, dimensions, new Map([['Refused', refused]])));
      }
      isCold = false;
      metrics = new Map();
      times = [];
    },
  };
};

/** By their names: a value, or the JSON of several. */
type Metrics = Map<string, number | string>;

function toLine(log: object, dimensions: Record<string, string>, metrics: Metrics): string {
  let values = '';
  let names = '';
  for (const [name, value] of metrics) {
    values += `,"${name}":${value}`;
    names += `,${name}`;
  }
  const fields = `"level":"info",${inner(log)},${inner(dimensions)}${values}`;
  const directive = findDirective(names, dimensions);
  return `{${fields},"_aws":{"Timestamp":${Date.now()},"CloudWatchMetrics":[${directive}]}}`;
}

/** An object's JSON, without its braces. */
const inner = (object: object): string => JSON.stringify(object).slice(1, -1);

// There are few sets of metrics, and many requests.
const directives = new Map<string, string>();

function findDirective(names: string, dimensions: object): string {
  const known = directives.get(names);
  if (known !== undefined) return known;
  const metrics = names.slice(1).split(',');
  const directive = JSON.stringify({
    Namespace: NAMESPACE,
    Dimensions: [Object.keys(dimensions)],
    Metrics: metrics.map((Name) => ({ Name, Unit: toUnit(Name) })),
  });
  directives.set(names, directive);
  return directive;
}

const toUnit = (metric: string): string => (metric.endsWith('Time') ? 'Milliseconds' : 'Count');
