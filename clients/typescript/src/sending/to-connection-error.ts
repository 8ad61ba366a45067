import { ConnectionError } from '../connection-error.ts';

/**
 * Converts what `fetch` threw. Throws the reason of the call's signal if that was aborted.
 * @param attempt the signal of this attempt, which a timeout aborts too
 */
export const toConnectionError = (
  { origin }: URL,
  error: unknown,
  call: AbortSignal,
  attempt: AbortSignal,
): ConnectionError => {
  if (call.aborted) throw call.reason;
  const cause = attempt.aborted ? attempt.reason : error;
  const { message = String(cause) } = cause as { message?: string };
  return new ConnectionError(`No response from ${origin}: ${message}`, { cause });
};
