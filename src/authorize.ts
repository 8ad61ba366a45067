import type { Context } from 'openapi-backend';
import type { Authenticate } from './authenticate.ts';
import type { Scope } from './caller.ts';
import type { ProblemReply } from './problem.ts';
import { problems } from './problem.ts';
import type { Call } from './router-request.ts';

/** What openapi-backend asks before an operation that needs a key: whether its caller may. */
export const createAuthorize =
  (authenticate: Authenticate) =>
  async ({ operation }: Context, call: Call): Promise<boolean> => {
    try {
      const caller = await authenticate(call.request);
      if (!caller) return false;
      call.caller = caller;
    } catch (failure) {
      // openapi-backend would take it for a key that is not valid.
      call.refusal = { failure };
      return false;
    }
    const scope = (operation as { 'x-scope'?: Scope })['x-scope'];
    if (scope && call.caller.scopes.includes(scope)) return true;
    call.refusal = problems.insufficientScope(String(scope));
    return false;
  };

/** What a caller is told who may not. */
export const toRefusal = ({ refusal }: Call): ProblemReply => {
  if (refusal && 'failure' in refusal) throw refusal.failure;
  return refusal ?? problems.forbidden();
};
