type Pending = { end: number; onLate(): void };

/** What work gives, or an error once it has taken too long: what becomes of it then, nobody is told. */
export type WithDeadline = <Result>(work: Promise<Result>) => Promise<Result>;

/**
 * One timer for all work with the same limit: to set and clear one for each request costs more than the
 * rest of the way to the database.
 */
export const createDeadline = (milliseconds: number, toError: () => Error): WithDeadline => {
  // In the order in which they end.
  const pending = new Set<Pending>();
  let isSet = false;
  const set = (wait: number): void => {
    isSet = true;
    setTimeout(check, wait).unref();
  };
  const check = (): void => {
    isSet = false;
    for (const work of pending) {
      const rest = work.end - performance.now();
      if (rest > 0) {
        set(rest);
        return;
      }
      pending.delete(work);
      work.onLate();
    }
  };
  return (work) =>
    new Promise((resolve, reject) => {
      // Made only when it is needed: an error costs its stack.
      const own = { end: performance.now() + milliseconds, onLate: () => reject(toError()) };
      pending.add(own);
      if (!isSet) set(milliseconds);
      work.then(resolve, reject).finally(() => pending.delete(own));
    });
};
