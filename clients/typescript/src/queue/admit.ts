import type { NewEvent, QueueEvent } from '../contract/api-types.ts';
import { ProblemError } from '../problem-error.ts';
import type { Entry } from './event-buffer.ts';
import { findTooLarge } from './find-too-large.ts';
import type { Notices } from './notices.ts';
import { toEntry } from './to-entry.ts';

/** Copies an event for the queue. Reports an event that JSON cannot hold, or that is too large, and returns undefined. */
export const admit = (event: QueueEvent, onRejected: Notices['onRejected']): Entry | undefined => {
  try {
    const entry = toEntry(event);
    const tooLarge = findTooLarge(entry);
    if (!tooLarge) return entry;
    onRejected(entry.event, tooLarge);
  } catch (error) {
    onRejected(event as NewEvent, toInvalid(error));
  }
  return undefined;
};

/** The problem that the service would report for such an event. */
const toInvalid = (error: unknown): ProblemError =>
  new ProblemError({
    type: '/problems/invalid-request',
    title: 'Invalid request',
    status: 400,
    detail: error instanceof Error ? error.message : String(error),
    requestId: '',
  });
