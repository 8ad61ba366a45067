import type { GatewayFailure } from '../gateway-failure.ts';
import type { StreamLimits } from '../gateway-settings.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { toHttpReply } from '../to-http-reply.ts';

/** A reply whose body is sent as the function writes it; the iterable throws if the stream must be cut. */
export type StreamedReply = Omit<HttpReply, 'body'> & { stream: AsyncIterable<Uint8Array> };

export type StreamTimes = StreamLimits & { totalMs: number };

// No reply has such a body.
const UNREADABLE: { cookies?: string[]; body?: unknown } = { body: [] };
const DELIMITER = Buffer.alloc(8);
// The gateway's limit on all headers is far below.
const MAX_METADATA_BYTES = 65_536;

/** Reads the metadata of a function's stream, and leaves the payload to be read (fact 70). */
export const callStream = async (
  output: AsyncIterable<Uint8Array>,
  limits: StreamTimes,
): Promise<StreamedReply | GatewayFailure> => {
  const parts = withLimits(output, limits);
  try {
    let head = Buffer.alloc(0);
    for (;;) {
      const { done, value } = await parts.next();
      if (done) return failed;
      head = Buffer.concat([head, value]);
      const end = head.indexOf(DELIMITER);
      if (end === -1 && head.length <= MAX_METADATA_BYTES) continue;
      const reply = end === -1 ? undefined : toHead(head.toString('utf8', 0, end));
      if (reply) return { ...reply, stream: follow(head.subarray(end + 8), parts) };
      await parts.return(undefined);
      return failed;
    }
  } catch (error) {
    if (error instanceof StreamCut && error.isTime) return timedOut;
    console.error('The function failed:', error);
    return failed;
  }
};

/** Says which limit of the platform cut a stream. */
export class StreamCut extends Error {
  override name = 'StreamCut';
  readonly isTime: boolean;
  constructor(message: string, isTime: boolean) {
    super(message);
    this.isTime = isTime;
  }
}

const failed: GatewayFailure = { type: 'DEFAULT_5XX', message: 'Internal server error' };
const timedOut: GatewayFailure = {
  type: 'INTEGRATION_TIMEOUT',
  message: 'Endpoint request timed out',
};

function toHead(metadata: string): Omit<HttpReply, 'body'> | undefined {
  const { cookies = [], ...result } = parse(metadata) ?? UNREADABLE;
  const reply = toHttpReply(result);
  if (reply?.body !== '') return undefined;
  const { status, headers } = reply;
  return { status, headers: cookies.length > 0 ? { ...headers, 'Set-Cookie': cookies } : headers };
}

function parse(metadata: string): typeof UNREADABLE | undefined {
  try {
    return JSON.parse(metadata) ?? undefined;
  } catch {
    return undefined;
  }
}

async function* follow(
  first: Uint8Array,
  parts: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* parts;
}

/** Cuts what the platform would cut: too long, too large, or silent for too long (facts 71 and 76). */
async function* withLimits(
  output: AsyncIterable<Uint8Array>,
  { totalMs, idleMs, bytes }: StreamTimes,
): AsyncGenerator<Uint8Array> {
  const end = performance.now() + totalMs;
  const parts = output[Symbol.asyncIterator]();
  let sent = 0;
  try {
    for (;;) {
      const left = end - performance.now();
      const part = await within(parts.next(), Math.min(idleMs, left), left < idleMs);
      if (part.done) return;
      sent += part.value.length;
      if (sent > bytes) throw new StreamCut(`A stream ends at ${bytes} bytes`, false);
      yield part.value;
    }
  } finally {
    // Not awaited: the function may never yield again.
    parts.return?.().catch(() => undefined);
  }
}

async function within<Result>(
  work: Promise<Result>,
  milliseconds: number,
  isTotal: boolean,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = isTotal ? 'A stream has lasted too long' : 'A stream was silent for too long';
    timer = setTimeout(() => reject(new StreamCut(message, true)), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
