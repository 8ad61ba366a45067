export const TIMED_OUT = Symbol('timed out');

/** Resolves with the result, or with `TIMED_OUT` after so many milliseconds. */
export const withTimeout = async <Result>(
  result: Promise<Result>,
  milliseconds: number,
): Promise<Result | typeof TIMED_OUT> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, milliseconds, TIMED_OUT);
  });
  const first = await Promise.race([result, timeout]);
  clearTimeout(timer);
  return first;
};
