/** What autocannon sends, and for how many seconds. */
export type Load = {
  url: string;
  apiKey: string;
  method: 'POST' | 'GET';
  connections: number;
  seconds: number;
  /** The event type; each contestant has its own. */
  label: string;
};

/** Requests per second, latencies in milliseconds, and the number of responses with each status. */
export type LoadReport = {
  rate: number;
  p50: number;
  p99: number;
  statuses: Record<string, number>;
  failures: number;
};
