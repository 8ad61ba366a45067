import { ProblemError } from '../problem-error.ts';
import type { Entry } from './event-buffer.ts';

/** The problem that the service would report for an event that is too large; spares the request. */
export const findTooLarge = ({ event, bytes: sent }: Entry): ProblemError | undefined => {
  const bytes = sent > MAX_BYTES - MAX_ADDED ? toReadBytes(event) : sent;
  if (bytes <= MAX_BYTES) return undefined;
  return new ProblemError({
    type: '/problems/payload-too-large',
    title: 'Payload too large',
    status: 413,
    detail: `The event is ${bytes} bytes as replies write it, ${MAX_BYTES} are allowed`,
    requestId: '',
  });
};

// The contract's limit on an event as it is read, to which the service may add a date and a value.
const MAX_BYTES = 16_384;
const MAX_ADDED = 64;
const DATE = new Date(0).toISOString();

const toReadBytes = (event: Entry['event']): number => {
  const { value = null } = event;
  const text = JSON.stringify({ ...event, date: DATE, value, receivedAt: undefined });
  return new TextEncoder().encode(text).length;
};
