import type { EventResult } from '../contract/api-types.ts';
import { ProblemError } from '../problem-error.ts';

/** The outcome of an event of a batch. `isDone` means that it must not be sent again; without an error, it is stored. */
export type Outcome = { isDone: boolean; result?: EventResult; error?: ProblemError };

export const toOutcome = (result: EventResult): Outcome => {
  const { status, problem } = result;
  if (status === 'created' || status === 'duplicate') return { isDone: true, result };
  return { isDone: status === 'rejected', error: new ProblemError(problem ?? NO_REASON) };
};

// For a result without a problem, which the contract allows.
const NO_REASON = {
  type: 'about:blank',
  title: 'Not stored',
  status: 500,
  detail: 'The service gave no reason',
  requestId: '',
};
