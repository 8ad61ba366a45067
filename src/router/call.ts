import type { Caller } from '../access/caller.ts';
import type { ProblemReply } from '../http/problems.ts';
import type { RouterRequest } from '../http/request.ts';
import type { RequestBody } from './request-body.ts';

/** What each of openapi-backend's handlers gets beside its context. */
export type Call = {
  request: RouterRequest;
  body: RequestBody;
  operationId?: string | undefined;
  caller?: Caller;
  /** How many devices it is of. */
  devices?: number;
  /** Why the caller may not, where it is not that nobody knows the key. */
  refusal?: ProblemReply | { failure: unknown };
};

/** openapi-backend decodes a path's parameters, and throws at what is no percent-encoded UTF-8. */
export const toDecodable = (path: string): string => {
  if (!path.includes('%')) return path;
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path.replaceAll('%', '%25');
  }
};
