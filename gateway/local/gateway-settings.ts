import type { LambdaFunction } from './function/lambda-function.ts';

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
  /**
   * The base path of a custom domain's mapping, such as `v1`: URLs start with it (fact 47). Without this and `isInUrl`,
   * the mapping's base path is empty.
   */
  basePath?: string;
};

/** Everything that API Gateway knows about an API beside the document that it imports. */
export type GatewaySettings = {
  /**
   * The functions by the names in the document's URIs, after the stage's variables; or one for all of them. A document
   * that names another one is refused.
   */
  functions?: LambdaFunction | Record<string, LambdaFunction>;
  stage: Stage;
  /** Without one, no key is good. */
  plan?: UsagePlan;
  /**
   * Whether a key is good, where the function checks the keys: asked before the body is read. On AWS, such a body costs
   * AWS; here, it would hold up everybody else.
   */
  isGoodKey?: (key: string | undefined) => Promise<boolean>;
  /**
   * `declared`: only methods with a `requestBody` get a body, which AWS would hand on to any. For functions that look at
   * no other, so that strangers cannot make the gateway read and decompress it.
   */
  bodies?: 'all' | 'declared';
  /** The origins that `http_proxy` integrations may call, such as `https://example.org`; by default, none. */
  allowedOrigins?: string[];
  /**
   * What every authorizer and IAM would say: the gateway runs none, lets every request pass, and hands this on as
   * `requestContext.authorizer`. Without it, a document with authorizers is refused.
   */
  authorizer?: Record<string, string | number | boolean>;
  /** Is told what API Gateway would ignore or weaken, a line for each. */
  warn?: (line: string) => void;
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
