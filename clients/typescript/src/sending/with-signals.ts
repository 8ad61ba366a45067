/** Runs with a controller that aborts when one of the signals does; removes its listeners afterwards. */
export const withSignals = async <Result>(
  signals: (AbortSignal | undefined)[],
  run: (controller: AbortController) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController();
  const letGo = signals.map((signal) => follow(signal, controller));
  try {
    return await run(controller);
  } finally {
    for (const end of letGo) end();
  }
};

function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return () => signal?.removeEventListener('abort', abort);
}
