import type { CountMetric as Count, MetricDimension, MetricName } from './names/metric-names.ts';
import { COUNT_METRICS as COUNTS, METRIC_NAMESPACE as NAMESPACE } from './names/metric-names.ts';

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

export const noTelemetry: Telemetry = {
  measure: () => undefined,
  logRequest: () => undefined,
};

/** Where the logs of a process go, a line each. */
export type WriteLine = (line: string) => void;

// The format takes a hundred values of a metric.
const MAX_VALUES = 100;

/**
 * One line of JSON for each request, which is its log and, in CloudWatch's embedded metric format, its
 * metrics. By hand: Powertools' metrics alone cost 4 ms of a cold start, all of the budget above the floor.
 * Put together from text, since JSON.stringify of it all takes longer than to validate a request.
 * @param service the dimension of all metrics: the function's name
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createTelemetry = (service: string, write: WriteLine): Telemetry => {
  const ofService = `"Service":${JSON.stringify(service)}`;
  const counts = COUNTS.map(() => 0);
  let times: number[] = [];
  let isCold = true;
  const measure: Measure = (metric, value) => {
    if (metric === 'DatabaseTime') {
      if (times.length < MAX_VALUES) times.push(toTenths(value));
    } else {
      const nth = COUNTS.indexOf(metric);
      counts[nth] = (counts[nth] ?? 0) + value;
    }
  };
  return {
    measure,
    logRequest(request) {
      if (isCold) measure('ColdStarts', 1);
      if (request.status === 503) measure('Unavailable', 1);
      const log = `${toLog(request)},"coldStart":${isCold},${ofService}`;
      const time = `"RequestTime":${toTenths(request.milliseconds)}`;
      const values = `${time}${toValues(counts, times)}`;
      write(toLine(`${log},${values}`, findDirective(counts, times)));
      for (const [reason, count] of request.refused ?? []) {
        const requestId = JSON.stringify(request.requestId);
        const refusal = `"requestId":${requestId},${ofService},"Reason":${JSON.stringify(reason)}`;
        write(toLine(`${refusal},"Refused":${count}`, REFUSAL));
      }
      counts.fill(0);
      times = [];
      isCold = false;
    },
  };
};

const toLog = (request: RequestLog): string => {
  const { requestId, traceId, operation, keyId, devices, status } = request;
  const trace = traceId === undefined ? '' : `"traceId":${JSON.stringify(traceId)},`;
  const of = operation === undefined ? '' : `"operation":"${operation}",`;
  const key = keyId === undefined ? '' : `"keyId":${JSON.stringify(keyId)},`;
  return `"requestId":${JSON.stringify(requestId)},${trace}${of}${key}"devices":${devices},"status":${status}`;
};

/** To a tenth of a millisecond: more digits would be noise. */
const toTenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** Of what was counted at all. */
function toValues(counts: number[], times: number[]): string {
  let values = times.length === 0 ? '' : `,"DatabaseTime":[${times.join()}]`;
  for (let nth = 0; nth < counts.length; nth += 1) {
    if (counts[nth] !== 0) values += `,"${COUNTS[nth]}":${counts[nth]}`;
  }
  return values;
}

const toLine = (fields: string, directive: string): string =>
  `{"level":"info",${fields},"_aws":{"Timestamp":${Date.now()},"CloudWatchMetrics":[${directive}]}}`;

// There are few sets of metrics, and many requests.
const directives = new Map<number, string>();

function findDirective(counts: number[], times: number[]): string {
  let set = times.length === 0 ? 0 : 1;
  for (let nth = 0; nth < counts.length; nth += 1) if (counts[nth] !== 0) set += 2 << nth;
  const known = directives.get(set);
  if (known !== undefined) return known;
  const counted = COUNTS.filter((_, nth) => counts[nth] !== 0);
  const timed: MetricName[] = times.length === 0 ? [] : ['DatabaseTime'];
  const directive = toDirective(['Service'], ['RequestTime', ...timed, ...counted]);
  directives.set(set, directive);
  return directive;
}

const toDirective = (dimensions: MetricDimension[], metrics: MetricName[]): string =>
  JSON.stringify({
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: metrics.map((Name) => ({ Name, Unit: toUnit(Name) })),
  });

const toUnit = (metric: string): string => (metric.endsWith('Time') ? 'Milliseconds' : 'Count');

const REFUSAL = toDirective(['Service', 'Reason'], ['Refused']);
