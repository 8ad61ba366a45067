import type { Handler } from '../contract.ts';
import { createConditionalReply } from '../http/conditional-reply.ts';

/** Returns the registry of event types. */
export const listEventTypes: Handler<'listEventTypes'> = async ({ headers }, { eventTypes }) => {
  const { digest, registry } = eventTypes.list();
  const operation = { operation: 'listEventTypes' };
  const reply = createConditionalReply(operation, headers['If-None-Match']);
  return reply.of({ buckets: 0, isLast: true, digest }, registry);
};
