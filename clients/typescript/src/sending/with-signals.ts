/** A controller that aborts when one of the signals does; `letGo` removes its listeners. */
export const joinSignals = (signals: (AbortSignal | undefined)[]) => {
  const controller = new AbortController();
  const ends = signals.map((signal) => follow(signal, controller));
  const letGo = (): void => {
    for (const end of ends) end();
  };
  return { controller, letGo };
};

/** Runs with a controller that aborts when one of the signals does; removes its listeners afterwards. */
export const withSignals = async <Result>(
  signals: (AbortSignal | undefined)[],
  run: (controller: AbortController) => Promise<Result>,
): Promise<Result> => {
  const { controller, letGo } = joinSignals(signals);
  try {
    return await run(controller);
  } finally {
    letGo();
  }
};

function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return () => signal?.removeEventListener('abort', abort);
}
