import type { Caller } from '../access/caller.ts';
import type { RouterRequest } from '../http/router-request.ts';
import type { Route } from './routes.ts';

/** A request, and what the router has found out about it so far; the log reads it at the end. */
export type Call = {
  request: RouterRequest;
  route?: Route | undefined;
  /** Undefined if the operation needs no key. */
  caller?: Caller | undefined;
  /** The number of devices that the request names. */
  devices?: number;
  /** A failure that the log has already. */
  reported?: unknown;
};
