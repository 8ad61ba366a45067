import type { BatchResult } from '../api-types.ts';
import { ProblemError } from '../problem-error.ts';

/** Whether an event of a batch need not be sent again, and what was wrong with it or with the service. */
export type Outcome = { isDone: boolean; error?: ProblemError };

export const toOutcome = ({ status, problem }: BatchResult): Outcome => {
  if (status === 'created' || status === 'duplicate') return { isDone: true };
  return { isDone: status === 'rejected', error: new ProblemError(problem ?? UNTOLD) };
};

// The contract lets a result go without a problem.
const UNTOLD = {
  type: 'about:blank',
  title: 'Not stored',
  status: 500,
  detail: 'The service does not say why',
  requestId: '',
};
