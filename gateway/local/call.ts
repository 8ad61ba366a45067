import type { GatewayBody, GatewayRequest } from './gateway-request.ts';
import type { Stage } from './gateway-settings.ts';
import type { Route } from './routes.ts';
import type { Caller } from './usage-plan.ts';

/** A request with everything that the gateway knows about it before it calls the integration. */
export type Call = {
  request: GatewayRequest;
  body: GatewayBody;
  route: Route;
  stage: Stage;
  caller: Caller | undefined;
  /** Ends when the client has gone. */
  signal: AbortSignal;
};
