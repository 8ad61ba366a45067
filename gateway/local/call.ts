import type { GatewayRequest } from './gateway-request.ts';
import type { Route } from './routes.ts';
import type { Stage } from './types.ts';
import type { Caller } from './usage-plan.ts';

/** A request that is to be answered, and what is known of it. */
export type Call = {
  request: GatewayRequest;
  route: Route;
  stage: Stage;
  caller: Caller | undefined;
};
