import { ProblemError } from '../problem-error.ts';

/** One attempt of a request, for logs and metrics. */
export type Attempt = {
  method: string;
  url: string;
  /** Milliseconds from the start to the end of the reply; of a stream, until it begins. */
  durationMs: number;
  /** Undefined if no reply of the API arrived. */
  status: number | undefined;
  /** Identifies the request in the service's logs, also of a success. */
  requestId: string | undefined;
  /** Why the attempt failed; undefined after a success. */
  error: unknown;
};

/** Runs an attempt and tells its outcome. A listener that fails does not affect the request. */
export const withReport = async <Reply extends { status: number; headers: Headers }>(
  { method, url }: { method: string; url: URL },
  onAttempt: ((attempt: Attempt) => unknown) | undefined,
  attempt: () => Promise<Reply>,
): Promise<Reply> => {
  const start = performance.now();
  const tell = (status?: number, requestId?: string | null, error?: unknown): void => {
    const durationMs = performance.now() - start;
    const outcome = { status, requestId: requestId || undefined, error };
    Promise.resolve()
      .then(() => onAttempt?.({ method, url: String(url), durationMs, ...outcome }))
      .catch(() => undefined);
  };
  try {
    const reply = await attempt();
    tell(reply.status, reply.headers.get('x-amzn-RequestId'));
    return reply;
  } catch (error) {
    const { status, requestId } = error instanceof ProblemError ? error : ({} as ProblemError);
    tell(status, requestId, error);
    throw error;
  }
};
