import type { Handler as BackendHandler, Context, Request } from 'openapi-backend';
import type { Authenticate } from '../access/authenticate.ts';
import type { Services } from '../contract.ts';
import { problems } from '../http/problems.ts';
import type { RouterRequest } from '../http/request.ts';
import type { Telemetry } from '../telemetry.ts';
import { createAuthorize, toRefusal } from './authorize.ts';
import { createBackend } from './backend.ts';
import type { Call } from './call.ts';
import { toDecodable } from './call.ts';
import { toInvalidFields } from './invalid-fields.ts';
import { withNotice } from './notice.ts';
import { toOperationHandlers } from './operation-handlers.ts';
import type { Outcome, RouterReply } from './reply.ts';
import { toReply } from './reply.ts';
import { reportFailure } from './report-failure.ts';
import type { RequestBody } from './request-body.ts';
import { findFormProblem, parseBody } from './request-body.ts';
import { toRequestLog } from './request-log.ts';

/** Answers every request: with what its handler says, or with a problem. It never throws. */
export const createRouter = (
  services: Services,
  authenticate: Authenticate,
  telemetry: Telemetry,
) => {
  const handlers = { ...toOperationHandlers(services), ...toFailureHandlers(authenticate) };
  const api = createBackend(handlers, createAuthorize(authenticate));
  const answer = async (call: Call): Promise<Outcome> => {
    try {
      return await api.handleRequest(toReceived(call), call);
    } catch (error) {
      return reportFailure(error, call);
    }
  };
  return async (request: RouterRequest): Promise<RouterReply> => {
    const start = performance.now();
    const body = parseBody(request.body, request.headers['content-type']);
    const call: Call = { request, body };
    const outcome = await answer(call);
    const reply = withNotice(toReply(outcome, request.requestId), call.operationId);
    telemetry.logRequest(toRequestLog(call, outcome, performance.now() - start));
    return reply;
  };
};

const toFailureHandlers = (authenticate: Authenticate): Record<string, BackendHandler> => ({
  postRoutingHandler({ operation }, call: Call) {
    call.operationId = operation?.operationId;
  },
  notFound: () => problems.notFound(),
  // The key comes first, as at the gateway: without it nothing is told of a path that needs one.
  async methodNotAllowed({ api, request: { path } }, { request }: Call) {
    const operations = findOperations(api, path);
    const needsKey = operations.some(({ security }) => security && security.length > 0);
    if (needsKey && !(await authenticate(request))) return problems.forbidden();
    return problems.methodNotAllowed(operations.map(({ method }) => method.toUpperCase()));
  },
  unauthorizedHandler: (_, call: Call) => toRefusal(call),
  validationFail: ({ operation, validation }, { body }: Call) =>
    (operation.requestBody && findFormProblem(body)) ??
    problems.invalidRequest(toInvalidFields(validation.errors ?? [])),
});

/** What can be done at a path. */
function findOperations({ router }: Context['api'], path: string): Context['operation'][] {
  const methods = new Set(router.getOperations().map(({ method }) => method));
  return [...methods]
    .map((method) => router.matchOperation({ method, path, headers: {} }))
    .filter((operation) => operation !== undefined);
}

const toReceived = ({ request, body }: Call): Request => ({
  method: request.method,
  path: toDecodable(request.path),
  query: request.query,
  headers: request.headers,
  body: toBackendBody(body),
});

/** openapi-backend takes objects as they are, and parses text; one that is no JSON it never sees. */
const toBackendBody = ({ text, isJson, value }: RequestBody): unknown => {
  if (!isJson || text === '') return undefined;
  return typeof value === 'object' && value !== null ? value : text;
};
