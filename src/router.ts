import type { Handler as BackendHandler, Context, Document } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';
import contract from '../generated/openapi.json' with { type: 'json' };
import type { BodyCheck, BodySchema } from './body-check.ts';
import { createBodyCheck } from './body-check.ts';
import type { MediaType, Services } from './contract.ts';
import { EventStoreUnavailable } from './event-store-unavailable.ts';
import { addFormats } from './formats.ts';
import { handlers } from './handlers/index.ts';
import { toInvalidFields } from './invalid-fields.ts';
import { withoutItems } from './item-validator.ts';
import type { ProblemReply } from './problem.ts';
import { problems } from './problem.ts';
import { negotiate, representations } from './representation.ts';
import type { RequestBody } from './request-body.ts';
import { findFormProblem, parseBody } from './request-body.ts';

export type RouterRequest = {
  method: string;
  path: string;
  /** Every value of each parameter; sent twice, it does not match the contract. */
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: string | null;
  requestId: string;
  /** Whether the gateway found the API key valid; the key itself stays with the gateway. */
  hasKey: boolean;
};

/** `body` is text, with its `Content-Type`, or empty without one. */
export type RouterReply = { status: number; headers: Record<string, string>; body: string };

/** What a handler says, and how it is to be written. */
type Outcome = {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  mediaType?: MediaType;
};

/** What each of openapi-backend's handlers gets beside its context. */
type Call = { request: RouterRequest; body: RequestBody };

/** Answers every request: with what its handler says, or with a problem. It never throws. */
export const createRouter = (services: Services) => {
  const api = createApi(services);
  void api.init();
  return async (request: RouterRequest): Promise<RouterReply> => {
    const contentType = findHeader(request.headers, 'content-type');
    const body = parseBody(request.body, contentType);
    try {
      const call: Call = { request, body };
      const outcome: Outcome = await api.handleRequest(
        { ...request, body: toBackendBody(body) },
        call,
      );
      return toReply(outcome, request);
    } catch (error) {
      return toReply(toProblem(error, request), request);
    }
  };
};

function createApi(services: Services): OpenAPIBackend {
  return new OpenAPIBackend({
    definition: withoutItems(contract) as Document,
    // Fails closed; without it a request that failed validation reaches its handler with a warning.
    strict: true,
    // The contract was linted when it was generated.
    quick: true,
    ajvOpts: { allErrors: true, verbose: true },
    customizeAjv: addFormats,
    // A handler gets the numbers that the contract promises, not their text.
    coerceTypes: true,
    // The gateway checks the key; this refuses to work behind one that was set up not to.
    securityHandlers: { apiKey: (_: Context, call: Call) => call.request.hasKey },
    handlers: { ...toBackendHandlers(services), ...failureHandlers },
  });
}

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

type Handle = (input: never, services: Services) => Promise<Outcome>;

function toBackendHandlers(services: Services): Record<string, BackendHandler> {
  const wrap = (handle: Handle): BackendHandler => {
    let check: BodyCheck | undefined;
    return async ({ operation, request: { query, params, headers } }, { request, body }: Call) => {
      const { requestId } = request;
      check ??= createBodyCheck(toBodySchema(operation));
      const checked = operation.requestBody ? check(body, requestId) : { value: undefined };
      if ('problem' in checked) return checked.problem;
      const available = toMediaTypes(operation);
      const mediaType = negotiate(findHeader(request.headers, 'accept'), available);
      const report = (failure: unknown) => ({ ...toProblem(failure, request).body, requestId });
      const parameters = { query, path: params, headers: toHeaderParameters(operation, headers) };
      const input = { ...parameters, body: checked.value, mediaType, requestId, report };
      const outcome = await handle(input as never, services);
      const vary = available.length > 1 && outcome.status < 400 && { Vary: 'Accept' };
      return { ...outcome, mediaType, headers: { ...vary, ...outcome.headers } };
    };
  };
  return Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, wrap(handler)]));
}

/** openapi-backend has all headers, in lower case; a handler gets those of the contract, by its names. */
function toHeaderParameters(
  { parameters = [] }: Context['operation'],
  headers: Record<string, string | string[]>,
): Record<string, string | string[] | undefined> {
  const named = parameters.flatMap((parameter) =>
    'in' in parameter && parameter.in === 'header' ? parameter.name : [],
  );
  return Object.fromEntries(named.map((name) => [name, headers[name.toLowerCase()]]));
}

/** What the contract gives the operation's first reply in. */
function toMediaTypes({ responses = {} }: Context['operation']): MediaType[] {
  const [first] = Object.values(responses);
  return Object.keys((first as { content?: object } | undefined)?.content ?? {}) as MediaType[];
}

function toBodySchema({ requestBody }: Context['operation']): BodySchema {
  const body = requestBody as { content: Record<string, { schema: BodySchema }> } | undefined;
  return body?.content['application/json']?.schema ?? {};
}

/** openapi-backend takes objects as they are, and parses text; one that is no JSON it never sees. */
const toBackendBody = ({ text, isJson, value }: RequestBody): unknown => {
  if (!isJson || text === '') return undefined;
  return typeof value === 'object' && value !== null ? value : text;
};

/** What can be done at a path. */
function findOperations(api: OpenAPIBackend, path: string): Context['operation'][] {
  const methods = new Set(api.router.getOperations().map(({ method }) => method));
  return [...methods]
    .map((method) => api.router.matchOperation({ method, path, headers: {} }))
    .filter((operation) => operation !== undefined);
}

const findHeader = (headers: Record<string, string>, name: string): string | undefined =>
  Object.entries(headers).find(([header]) => header.toLowerCase() === name)?.[1];

function toReply(outcome: Outcome, { requestId }: RouterRequest): RouterReply {
  const { status, headers = {}, body, mediaType = 'application/json' } = outcome;
  if (status >= 400) {
    const text = JSON.stringify({ ...(body as object), requestId });
    return {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
      body: text,
    };
  }
  if (body === undefined) return { status, headers, body: '' };
  const { contentType, toText } = representations[mediaType];
  return { status, headers: { 'Content-Type': contentType, ...headers }, body: toText(body) };
}

/** Logs what went wrong, and tells no more of it than whether it may pass. */
function toProblem(error: unknown, request: RouterRequest): ProblemReply {
  logFailure(error, request);
  return error instanceof EventStoreUnavailable
    ? problems.databaseUnavailable()
    : problems.internalError();
}

function logFailure(error: unknown, { method, path, requestId }: RouterRequest): void {
  const chain = [];
  for (let cause = error; cause instanceof Error && chain.length < 4; cause = cause.cause) {
    chain.push({ name: cause.name, message: cause.message, stack: cause.stack });
  }
  console.error(JSON.stringify({ level: 'error', requestId, method, path, errors: chain }));
}
