import type { Handler as BackendHandler, Context } from 'openapi-backend';
import { createBackend } from './backend.ts';
import type { Services } from './contract.ts';
import { toInvalidFields } from './invalid-fields.ts';
import { toOperationHandlers } from './operation-handlers.ts';
import { problems } from './problem.ts';
import { reportFailure } from './report-failure.ts';
import type { RequestBody } from './request-body.ts';
import { findFormProblem, parseBody } from './request-body.ts';
import type { Outcome, RouterReply } from './router-reply.ts';
import { toReply } from './router-reply.ts';
import type { Call, RouterRequest } from './router-request.ts';
import { findHeader, toDecodable } from './router-request.ts';

/** Answers every request: with what its handler says, or with a problem. It never throws. */
export const createRouter = (services: Services) => {
  // The gateway checks the key; this refuses to work behind one that was set up not to.
  const hasKey = (_: Context, { request }: Call) => request.hasKey;
  const api = createBackend({ ...toOperationHandlers(services), ...failureHandlers }, hasKey);
  return async (request: RouterRequest): Promise<RouterReply> => {
    const body = parseBody(request.body, findHeader(request.headers, 'content-type'));
    const call: Call = { request, body };
    try {
      const path = toDecodable(request.path);
      const received = { ...request, path, body: toBackendBody(body) };
      const outcome: Outcome = await api.handleRequest(received, call);
      return toReply(outcome, request.requestId);
    } catch (error) {
      return toReply(reportFailure(error, request), request.requestId);
    }
  };
};

const failureHandlers: Record<string, BackendHandler> = {
  notFound: () => problems.notFound(),
  // The key comes first, as at the gateway: without it nothing is told of a path that needs one.
  methodNotAllowed({ api, request: { path } }, { request }: Call) {
    const operations = findOperations(api, path);
    const needsKey = operations.some(({ security }) => security && security.length > 0);
    if (needsKey && !request.hasKey) return problems.forbidden();
    return problems.methodNotAllowed(operations.map(({ method }) => method.toUpperCase()));
  },
  unauthorizedHandler: () => problems.forbidden(),
  validationFail: ({ operation, validation }, { body }: Call) =>
    (operation.requestBody && findFormProblem(body)) ??
    problems.invalidRequest(toInvalidFields(validation.errors ?? [])),
};

/** What can be done at a path. */
function findOperations({ router }: Context['api'], path: string): Context['operation'][] {
  const methods = new Set(router.getOperations().map(({ method }) => method));
  return [...methods]
    .map((method) => router.matchOperation({ method, path, headers: {} }))
    .filter((operation) => operation !== undefined);
}

/** openapi-backend takes objects as they are, and parses text; one that is no JSON it never sees. */
const toBackendBody = ({ text, isJson, value }: RequestBody): unknown => {
  if (!isJson || text === '') return undefined;
  return typeof value === 'object' && value !== null ? value : text;
};
