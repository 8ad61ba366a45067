/*
 * The one way of every request. Each step may end it with a problem (its status on the right):
 *
 *   route        the operation for the method and the path                        404
 *   key          who calls; asked before the method is judged                     403, then 405
 *   scope        whether the key may do this at all                               403
 *   body         its media type is JSON, it is UTF-8 and well-formed              415, 400
 *   validation   parameters are UTF-8, and they and the body match the schemas    400
 *                then what no schema can say: size, depth, exact numbers          413, 400
 *   device       whether the key may touch this device                            403
 *   handler      does the operation
 *   reply        the outcome as text, or as an iterable of text
 *
 * The order is API Gateway's, which does the first steps before it calls the function: the same request gets
 * the same problem from either. A caller without a key learns nothing of a path that needs one, and a caller
 * without the scope nothing of what its request lacks. The body of such a caller is not even parsed. A batch goes on
 * where one of its items fails a step from validation on: the item carries the problem, and the handler reports it in
 * its place. A batch that is not UTF-8 is refused as a whole: its items cannot be told apart.
 *
 * Whatever throws, in any step, is caught once, logged once, and becomes a 500 or 503; so does a stream that fails
 * before its first part. One that fails later is logged, and ends without what tells that it is complete.
 */
import { handlers as ownHandlers } from '../../generated/handlers.ts';
import type { Authenticate } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import type { Handlers, Services } from '../contract.ts';
import { negotiate } from '../http/negotiate.ts';
import { problems } from '../http/problems.ts';
import type { RouterRequest } from '../http/router-request.ts';
import type { Telemetry } from '../telemetry.ts';
import { begin } from './begin.ts';
import { dropNulls, findFormProblem, parseBody } from './body.ts';
import type { Call } from './call.ts';
import { findDeviceRefusal, holdItemsToDevices } from './find-device-refusal.ts';
import { countDevices, reportFailure, toRequestLog } from './log.ts';
import { findLostParameters } from './lost-text.ts';
import type { Outcome, RouterReply } from './reply.ts';
import { toReply } from './reply.ts';
import type { Route } from './routes.ts';
import { createRoutes } from './routes.ts';

/** Hands a reply on; may reject only while nothing of it is sent, and is then called with a problem. */
export type Send<Sent> = (reply: RouterReply) => Promise<Sent>;

/** Answers a request by exactly one reply; rejects only if `send` rejects even a problem. */
export type Router = <Sent>(request: RouterRequest, send: Send<Sent>) => Promise<Sent>;

export const createRouter = (
  services: Services,
  authenticate: Authenticate,
  telemetry: Telemetry,
  handlers: Handlers = ownHandlers,
): Router => {
  const routes = createRoutes(handlers);
  const answer = async (call: Call): Promise<Outcome> => {
    const { method, path } = call.request;
    const route = routes.find(method, path);
    const candidates = route ? [route] : routes.findAll(path);
    if (candidates.length === 0) return problems.notFound();
    call.route = route;
    const needsKey = candidates.some((each) => each.needsKey);
    const caller = needsKey ? await authenticate(call.request) : undefined;
    if (needsKey && !caller) return problems.forbidden();
    if (!route) return problems.methodNotAllowed(candidates.flatMap(toMethods));
    call.caller = caller;
    if (caller && !hasScope(caller, route)) return problems.insufficientScope(String(route.scope));
    const isAllowed = async (parts: Parts): Promise<boolean> => {
      if (!route.needsKey) return true;
      const now = await authenticate(call.request);
      return now !== undefined && hasScope(now, route) && !findDeviceRefusal(now, parts);
    };
    return await handle(route, call, services, isAllowed);
  };
  return async <Sent>(request: RouterRequest, send: Send<Sent>): Promise<Sent> => {
    const start = performance.now();
    const call: Call = { request };
    let outcome: Outcome;
    let sent: Sent;
    try {
      outcome = await answer(call);
      sent = await send(await begin(toReply(outcome, call), call));
    } catch (error) {
      outcome = reportFailure(error, call);
      sent = await send(toReply(outcome, call));
    }
    telemetry.logRequest(toRequestLog(call, outcome, performance.now() - start));
    return sent;
  };
};

const toMethods = ({ method }: Route): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

const hasScope = ({ scopes }: Caller, { scope }: Route): boolean =>
  scope !== undefined && scopes.includes(scope);

type Parts = Parameters<typeof findDeviceRefusal>[1];

/** From the body on: the caller may use the operation. */
async function handle(
  route: Route,
  call: Call,
  services: Services,
  isAllowed: (parts: Parts) => Promise<boolean>,
): Promise<Outcome> {
  const { request, caller } = call;
  const { requestId, headers, signal } = request;
  const body = parseBody(route.checkBody ? request.body : null, headers['content-type']);
  const formProblem = route.checkBody && findFormProblem(body);
  if (formProblem) return formProblem;
  const lost = findLostParameters(route.template, request);
  if (lost.length > 0) return problems.invalidRequest(lost);
  const { path, query } = route.toParameters(request);
  dropNulls(body.value, route.bodySchema);
  const fields = route.validate({ path, query, header: headers, requestBody: body.value });
  if (fields.length > 0) return problems.invalidRequest(fields);
  const checked = route.checkBody?.(body, requestId) ?? { value: undefined };
  if ('problem' in checked) return checked.problem;
  const parts = { path, query, body: checked.value, requestId };
  call.devices = countDevices(parts);
  const refusal = route.isForOwnDevices ? undefined : findDeviceRefusal(caller, parts);
  if (refusal) return refusal;
  const mediaType = negotiate(headers.accept, route.mediaTypes);
  const input = {
    path,
    query,
    body: holdItemsToDevices(caller, parts),
    headers: route.toHeaders(headers),
    mediaType,
    caller,
    requestId,
    signal,
    isHead: request.method.toUpperCase() === 'HEAD',
    isStillAllowed: () => isAllowed(parts),
    report: (failure: unknown) => ({ ...reportFailure(failure, call).body, requestId }),
  };
  const outcome = await route.handle(input as never, services);
  return { ...outcome, mediaType };
}
