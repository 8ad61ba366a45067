import { ProblemError } from '../problem-error.ts';

/** The problem that the service reports for an event of that many bytes; spares the request. */
export const toTooLarge = (bytes: number): ProblemError =>
  new ProblemError({
    type: '/problems/payload-too-large',
    title: 'Payload too large',
    status: 413,
    detail: `The event has ${bytes} bytes of JSON; at most 16384 are allowed`,
    requestId: '',
  });
