import { createHash, timingSafeEqual } from 'node:crypto';
import { TokenBucket } from 'limiter';
import type { Quota, Throttle, UsagePlan } from './gateway-settings.ts';

/** A key of the plan, with its remaining rate and quota. */
export type Caller = {
  /** Identifies the key to the function and in logs. */
  id: string;
  /** Takes one request from the rate; false if none is left. */
  tryRate(): boolean;
  /** Takes one request from the quota; false if none is left. */
  tryQuota(now: Date): boolean;
};

/** Finds the caller that a key belongs to. */
export const createUsagePlan = ({ keys, throttle, quota }: UsagePlan) => {
  const callers = keys.map((key) => {
    const digest = sha256(key);
    const id = digest.toString('hex').slice(0, 10);
    return { digest, caller: { id, tryRate: createRate(throttle), tryQuota: createQuota(quota) } };
  });
  return (key: string | undefined): Caller | undefined => {
    const digest = sha256(key ?? '');
    return callers.find((known) => timingSafeEqual(known.digest, digest))?.caller;
  };
};

/** Takes one token per call; false if none is left. Without a throttle, always true. */
export const createRate = (throttle: Throttle | undefined): (() => boolean) => {
  if (!throttle) return () => true;
  const { rate, burst } = throttle;
  const bucket = new TokenBucket({
    bucketSize: burst,
    tokensPerInterval: rate,
    interval: 'second',
  });
  bucket.content = burst;
  return () => bucket.tryRemoveTokens(1);
};

function createQuota(quota: Quota | undefined): (now: Date) => boolean {
  let period = '';
  let used = 0;
  return (now) => {
    if (!quota) return true;
    const current = toPeriod(now, quota.period);
    if (current !== period) used = 0;
    period = current;
    if (used >= quota.limit) return false;
    used += 1;
    return true;
  };
}

/** The first day of the period, as text. */
function toPeriod(now: Date, period: Quota['period']): string {
  const day = new Date(now);
  if (period === 'MONTH') day.setUTCDate(1);
  if (period === 'WEEK') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
