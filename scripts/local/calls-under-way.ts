import { setTimeout as sleep } from 'node:timers/promises';

/** Calls of functions that go on for a moment after their client has gone: what they use must be there so long. */
export const createCallsUnderWay = () => {
  const calls = new Set<Promise<unknown>>();
  return {
    /** The same function, whose calls are waited for. */
    track:
      <Parameters extends unknown[], Result>(
        call: (...parameters: Parameters) => Promise<Result>,
      ): ((...parameters: Parameters) => Promise<Result>) =>
      (...parameters) => {
        const result = call(...parameters);
        const ended = Promise.allSettled([result]);
        calls.add(ended);
        ended.then(() => calls.delete(ended));
        return result;
      },
    /** Resolves when all calls have ended, or after the time. */
    async ended(milliseconds: number): Promise<void> {
      const timeout = sleep(milliseconds, undefined, { ref: false });
      await Promise.race([Promise.all(calls), timeout]);
    },
  };
};
