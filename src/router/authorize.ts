import type { Context } from 'openapi-backend';
import type { Authenticate } from '../access/authenticate.ts';
import type { Scope } from '../access/caller.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import type { Call } from './call.ts';

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
