/** Work under way: until when, and which of the list it is; none once it is out of it. */
type Pending = { end: number; place: number | undefined; onLate(): void };

/** What work gives, or an error once it has taken too long: what becomes of it then, nobody is told. */
export type WithDeadline = <Result>(work: Promise<Result>) => Promise<Result>;

/**
 * One timer for all work with the same limit: to set and clear one for each request costs more than the
 * rest of the way to the database.
 */
export const createDeadline = (milliseconds: number, toError: () => Error): WithDeadline => {
  // No Set: its old tables keep alive what they held, and all of a request that hangs on it.
  const pending: Pending[] = [];
  let isSet = false;
  const set = (wait: number): void => {
    isSet = true;
    setTimeout(check, wait).unref();
  };
  const check = (): void => {
    isSet = false;
    const now = performance.now();
    for (const late of pending.filter(({ end }) => end <= now)) {
      remove(pending, late);
      late.onLate();
    }
    if (pending.length > 0) set(Math.min(...pending.map(({ end }) => end)) - now);
  };
  return (work) =>
    new Promise((resolve, reject) => {
      const end = performance.now() + milliseconds;
      // Made only when it is needed: an error costs its stack.
      const own: Pending = { end, place: pending.length, onLate: () => reject(toError()) };
      pending.push(own);
      if (!isSet) set(milliseconds);
      work.then(
        (result) => {
          remove(pending, own);
          resolve(result);
        },
        (error) => {
          remove(pending, own);
          reject(error);
        },
      );
    });
};

/** The last takes its place. */
function remove(pending: Pending[], own: Pending): void {
  if (own.place === undefined) return;
  const last = pending.pop();
  if (last && last !== own) {
    pending[own.place] = last;
    last.place = own.place;
  }
  own.place = undefined;
}
