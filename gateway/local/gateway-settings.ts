import type { ImportDocument } from '../import-document.ts';

/** A token bucket: tokens added per second, and the size of the bucket (fact 55). */
export type Throttle = { rate: number; burst: number };

/** Requests per key in a period. Periods start at midnight UTC, weeks on Mondays. */
export type Quota = { limit: number; period: 'DAY' | 'WEEK' | 'MONTH' };

/** The keys that may call the stage, and the limits of each (fact 36). */
export type UsagePlan = { keys: string[]; throttle?: Throttle; quota?: Quota };

export type Stage = {
  name: string;
  variables?: Record<string, string>;
  /** Shared by all callers. */
  throttle?: Throttle;
  /** Whether URLs start with the stage's name, as they do on AWS without a custom domain. */
  isInUrl?: boolean;
  /** The base path of the custom domain's mapping to this stage, such as `v1`: URLs start with it (fact 47). */
  basePath?: string;
};

/** Everything that API Gateway knows about an API. */
export type GatewaySettings = {
  /** The document that AWS would import. */
  document: ImportDocument;
  stage: Stage;
  usagePlan: UsagePlan;
  /**
   * Whether a key is good, where the function checks the keys: asked before the body is read. On AWS, such a body costs
   * AWS; here, it would hold up everybody else.
   */
  isGoodKey?: (key: string | undefined) => Promise<boolean>;
  /** For tests; by default, the platform's. */
  streamLimits?: StreamLimits;
};

/** Where a stream is cut. */
export type StreamLimits = {
  /** Of the time without a byte (fact 71). */
  idleMs: number;
  /** Of the function's whole output (fact 76). */
  bytes: number;
};

export const STREAM_LIMITS: StreamLimits = { idleMs: 300_000, bytes: 209_715_200 };
