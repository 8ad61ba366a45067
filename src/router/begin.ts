import type { Call } from './call.ts';
import { reportFailure } from './log.ts';
import type { RouterReply } from './reply.ts';

/**
 * Makes the first part of a body, so that a failure until then is still answered with a problem. A later failure is
 * logged, and thrown to whoever reads the body.
 */
export const begin = async (reply: RouterReply, call: Call): Promise<RouterReply> => {
  if (typeof reply.body === 'string') return reply;
  const parts = reply.body[Symbol.asyncIterator]();
  let first: IteratorResult<string> | undefined = await parts.next();
  const next = async (): Promise<IteratorResult<string>> => {
    const part = first;
    first = undefined;
    if (part) return part;
    try {
      return await parts.next();
    } catch (error) {
      reportFailure(error, call);
      throw error;
    }
  };
  // No generator: one that is left before its first part would not tell `parts`.
  const leave = async (): Promise<IteratorResult<string>> =>
    (await parts.return?.()) ?? { done: true, value: undefined };
  return { ...reply, body: { [Symbol.asyncIterator]: () => ({ next, return: leave }) } };
};
