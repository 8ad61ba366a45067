import type { Api, Integration } from '../../document/api.ts';
import type { Call } from '../call.ts';
import type { GatewayFailure } from '../gateway-failure.ts';
import type { StreamLimits } from '../gateway-settings.ts';
import type { FoundFunction } from '../start/find-functions.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { answerMock } from './answer-mock.ts';
import { callFunction } from './call-function.ts';
import { callHttp } from './call-http.ts';
import type { StreamedReply } from './call-stream.ts';

/** What the gateway needs to answer valid requests: the API, its functions, and the limits of those that stream. */
export type Backends = {
  api: Api;
  functions: Map<Integration, FoundFunction>;
  streamLimits: StreamLimits;
};

/** Answers a valid request: from a function, another server, or the gateway itself for a mock. */
export const callIntegration = async (
  { api, functions, streamLimits }: Backends,
  call: Call,
): Promise<HttpReply | StreamedReply | GatewayFailure> => {
  const { integration } = call.route.method;
  const found = integration && functions.get(integration);
  if (found) return callFunction(found, integration, call, { api, streamLimits });
  if (integration?.type === 'mock') return answerMock(integration, call);
  if (integration?.type === 'http_proxy') return callHttp(integration, call, api);
  // No document with another one is served.
  return { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error' };
};
