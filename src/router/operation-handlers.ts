import type { Handler as BackendHandler, Context } from 'openapi-backend';
import { itemValidators } from '../../generated/request-validators.js';
import type { MediaType, Services } from '../contract.ts';
import { handlers } from '../handlers/index.ts';
import { negotiate } from '../http/representation.ts';
import type { BodyCheck, BodySchema } from './body-check.ts';
import { createBodyCheck } from './body-check.ts';
import type { Call } from './call.ts';
import { findDeviceRefusal, holdItemsToDevices } from './device-binding.ts';
import type { Outcome } from './reply.ts';
import { reportFailure } from './report-failure.ts';
import { countDevices } from './request-log.ts';

type Operation = Context['operation'];
type Handle = (input: never, services: Services) => Promise<Outcome>;

/** The contract's handlers as openapi-backend calls them, once it found a request valid. */
export const toOperationHandlers = (services: Services): Record<string, BackendHandler> =>
  Object.fromEntries(
    Object.entries(handlers).map(([id, handle]) => [id, toBackendHandler(handle, services)]),
  );

function toBackendHandler(handle: Handle, services: Services): BackendHandler {
  let traits: Traits | undefined;
  return async ({ operation, request: parsed }, call: Call) => {
    const { request, body, caller } = call;
    const { requestId } = request;
    traits ??= toTraits(operation);
    const { mediaTypes, headerNames } = traits;
    const checked = traits.checkBody?.(body, requestId) ?? { value: undefined };
    if ('problem' in checked) return checked.problem;
    const { query, params: path } = parsed;
    const parts = { query, path, body: checked.value, requestId };
    call.devices = countDevices(query, path, checked.value);
    const refusal = findDeviceRefusal(caller, parts);
    if (refusal) return refusal;
    const mediaType = negotiate(request.headers.accept, mediaTypes);
    const input = {
      query,
      path,
      body: holdItemsToDevices(caller, parts),
      headers: toHeaderParameters(headerNames, request.headers),
      mediaType,
      requestId,
      report: (failure: unknown) => ({ ...reportFailure(failure, call).body, requestId }),
    };
    const { status, headers, body: answer } = await handle(input as never, services);
    const varies = mediaTypes.length > 1 && status < 400;
    return {
      status,
      headers: varies ? { Vary: 'Accept', ...headers } : headers,
      body: answer,
      mediaType,
    };
  };
}

/** What the contract says of an operation, as each request needs it. */
type Traits = { checkBody: BodyCheck | undefined; mediaTypes: MediaType[]; headerNames: string[] };

function toTraits(operation: Operation): Traits {
  const { operationId = '', requestBody, responses = {}, parameters = [] } = operation;
  const [first] = Object.values(responses);
  const content = (first as { content?: object } | undefined)?.content ?? {};
  return {
    checkBody: requestBody && createBodyCheck(toBodySchema(operation), itemValidators[operationId]),
    // What the contract gives the first reply in.
    mediaTypes: Object.keys(content) as MediaType[],
    headerNames: parameters.flatMap((parameter) =>
      'in' in parameter && parameter.in === 'header' ? parameter.name : [],
    ),
  };
}

/** A handler gets the headers of the contract, by its names. */
function toHeaderParameters(
  names: string[],
  headers: Record<string, string>,
): Record<string, string | undefined> {
  const parameters: Record<string, string | undefined> = {};
  for (const name of names) parameters[name] = headers[name.toLowerCase()];
  return parameters;
}

function toBodySchema({ requestBody }: Operation): BodySchema {
  const body = requestBody as { content: Record<string, { schema: BodySchema }> } | undefined;
  return body?.content['application/json']?.schema ?? {};
}
