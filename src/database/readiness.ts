/** Whether the database is prepared; rejects with EventStoreUnavailable if it cannot be reached. */
export type Readiness = () => Promise<boolean>;

// Anybody may ask, without a key: the database must not be asked each time.
const FRESH_MS = 5_000;

/** Asks the database at most once in five seconds, and answers everybody from that. */
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
