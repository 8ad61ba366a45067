import type { Caller } from './caller.ts';
import type { ProblemReply } from './problem.ts';
import type { RequestBody } from './request-body.ts';

export type RouterRequest = {
  method: string;
  path: string;
  /** Every value of each parameter; sent twice, it does not match the contract. */
  query: Record<string, string | string[]>;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string | null;
  requestId: string;
  /** Which of its own keys the gateway found valid, where it checks them. */
  planKeyId: string | undefined;
};

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
