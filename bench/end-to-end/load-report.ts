/** What autocannon is to send, and for how long. */
export type Load = {
  url: string;
  apiKey: string;
  method: 'POST' | 'GET';
  connections: number;
  seconds: number;
  /** The type of the events: each contestant has its own. */
  label: string;
};

/** Requests a second, milliseconds, and how often each status came. */
export type LoadReport = {
  rate: number;
  p50: number;
  p99: number;
  statuses: Record<string, number>;
  failures: number;
};
