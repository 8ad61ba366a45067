import { ProblemError } from '../problem-error.ts';

/** What the service would say of an event of so many bytes: it need not be sent for that. */
export const toTooLarge = (bytes: number): ProblemError =>
  new ProblemError({
    type: '/problems/payload-too-large',
    title: 'Payload too large',
    status: 413,
    detail: `The event is ${bytes} bytes of JSON, 16384 are allowed`,
    requestId: '',
  });
