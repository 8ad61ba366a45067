import { ConnectionError } from '../connection-error.ts';
import { withSignals } from './with-signals.ts';

/** An API key, or a function that returns the one to use now; it is called for each attempt. */
export type ApiKey = string | (() => string | Promise<string>);

/** Returns the API key. A function that takes longer than a request may is given up. */
export const toKey = async (
  apiKey: ApiKey,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<string> => {
  if (typeof apiKey === 'string') return apiKey;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asked = withSignals([signal], (controller) => {
    const ended = new Promise<never>((_, reject) => {
      const tooLong = new ConnectionError(`No API key within ${timeoutMs} ms`);
      timer = setTimeout(() => reject(tooLong), timeoutMs);
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
    });
    return Promise.race([apiKey(), ended]);
  });
  return asked.finally(() => clearTimeout(timer));
};
