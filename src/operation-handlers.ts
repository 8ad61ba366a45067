import type { Handler as BackendHandler, Context } from 'openapi-backend';
import { itemValidators } from '../generated/request-validators.js';
import type { BodyCheck, BodySchema } from './body-check.ts';
import { createBodyCheck } from './body-check.ts';
import type { MediaType, Services } from './contract.ts';
import { findDeviceRefusal, holdItemsToDevices } from './device-binding.ts';
import { handlers } from './handlers/index.ts';
import { reportFailure } from './report-failure.ts';
import { negotiate } from './representation.ts';
import { countDevices } from './request-log.ts';
import type { Outcome } from './router-reply.ts';
import type { Call } from './router-request.ts';
import { findHeader } from './router-request.ts';

type Operation = Context['operation'];
type Handle = (input: never, services: Services) => Promise<Outcome>;

/** The contract's handlers as openapi-backend calls them, once it found a request valid. */
export const toOperationHandlers = (services: Services): Record<string, BackendHandler> =>
  Object.fromEntries(
    Object.entries(handlers).map(([id, handle]) => [id, toBackendHandler(handle, services)]),
  );

function toBackendHandler(handle: Handle, services: Services): BackendHandler {
  let check: BodyCheck | undefined;
  let mediaTypes: MediaType[] | undefined;
  return async ({ operation, request: parsed }, call: Call) => {
    const { request, body, caller } = call;
    const { requestId } = request;
    check ??= createBodyCheck(toBodySchema(operation), itemValidators[operation.operationId ?? '']);
    mediaTypes ??= toMediaTypes(operation);
    const checked = operation.requestBody ? check(body, requestId) : { value: undefined };
    if ('problem' in checked) return checked.problem;
    const { query, params: path, headers } = parsed;
    const parts = { query, path, body: checked.value, requestId };
    call.devices = countDevices(query, path, checked.value);
    const refusal = findDeviceRefusal(caller, parts);
    if (refusal) return refusal;
    const mediaType = negotiate(findHeader(request.headers, 'accept'), mediaTypes);
    const input = {
      ...parts,
      body: holdItemsToDevices(caller, parts),
      headers: toHeaderParameters(operation, headers),
      mediaType,
      report: (failure: unknown) => ({ ...reportFailure(failure, call).body, requestId }),
    };
    const outcome = await handle(input as never, services);
    const vary = mediaTypes.length > 1 && outcome.status < 400 && { Vary: 'Accept' };
    return { ...outcome, mediaType, headers: { ...vary, ...outcome.headers } };
  };
}

/** openapi-backend has all headers, in lower case; a handler gets those of the contract, by its names. */
function toHeaderParameters(
  { parameters = [] }: Operation,
  headers: Record<string, string | string[]>,
): Record<string, string | string[] | undefined> {
  const named = parameters.flatMap((parameter) =>
    'in' in parameter && parameter.in === 'header' ? parameter.name : [],
  );
  return Object.fromEntries(named.map((name) => [name, headers[name.toLowerCase()]]));
}

/** What the contract gives the operation's first reply in. */
function toMediaTypes({ responses = {} }: Operation): MediaType[] {
  const [first] = Object.values(responses);
  return Object.keys((first as { content?: object } | undefined)?.content ?? {}) as MediaType[];
}

function toBodySchema({ requestBody }: Operation): BodySchema {
  const body = requestBody as { content: Record<string, { schema: BodySchema }> } | undefined;
  return body?.content['application/json']?.schema ?? {};
}
