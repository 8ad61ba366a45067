/** Whether requests can be answered; it throws EventStoreUnavailable where the database is not reachable. */
export type Readiness = () => Promise<boolean>;

// Anybody may ask: it must not cost the database more than that.
const FRESH_MS = 5_000;

/** Asks at most once in five seconds, however many ask. */
export const createReadiness = (isPrepared: () => Promise<boolean>): Readiness => {
  let answer: Promise<boolean> | undefined;
  let until = 0;
  return () => {
    if (answer && performance.now() < until) return answer;
    until = performance.now() + FRESH_MS;
    answer = isPrepared();
    return answer;
  };
};
