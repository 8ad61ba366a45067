import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ImportDocument } from '../import-document.ts';

/** Calls the function behind the API, as Lambda does. */
export type Invoke = (event: APIGatewayProxyEvent) => Promise<unknown>;

/** A token bucket: tokens a second, and the bucket's size (fact 55). */
export type Throttle = { rate: number; burst: number };

/** Requests of one key in a period that begins at midnight UTC, weeks on Mondays. */
export type Quota = { limit: number; period: 'DAY' | 'WEEK' | 'MONTH' };

/** The keys that may call the stage, and how much each may (fact 36). */
export type UsagePlan = { keys: string[]; throttle?: Throttle; quota?: Quota };

export type Stage = {
  name: string;
  variables?: Record<string, string>;
  /** For all callers together. */
  throttle?: Throttle;
  /** Whether URLs begin with the stage's name, as they do on AWS without a domain of one's own. */
  isInUrl?: boolean;
};

/** All that is known about an API on API Gateway. */
export type Gateway = {
  /** What AWS would import. */
  document: ImportDocument;
  stage: Stage;
  usagePlan: UsagePlan;
};
