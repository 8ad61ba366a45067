import type { GatewayBody, GatewayRequest } from './gateway-request.ts';
import type { GatewaySettings, Stage } from './gateway-settings.ts';
import type { Route } from './routes.ts';
import type { Caller } from './usage-plan.ts';

/** A request with everything that the gateway knows about it before it calls the integration. */
export type Call = {
  request: GatewayRequest;
  body: GatewayBody;
  route: Route;
  stage: Stage;
  caller: Caller | undefined;
  /** The context of the authorizer, if the method has one. */
  authorizer: GatewaySettings['authorizer'];
  /** Ends when the client has gone. */
  signal: AbortSignal;
};
