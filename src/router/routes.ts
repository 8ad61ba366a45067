/*
 * What the contract says of each operation, read once when the function starts.
 *
 * Three parts of openapi-backend and Ajv run here: OpenAPIRouter lists the operations, matches a path with its
 * templates, and takes the parameters out of the path; the validators are those that Ajv compiles for
 * openapi-backend's own schemas, compiled by `npm run generate`. What openapi-backend would do besides, to
 * parse, dereference and validate the contract at each start, is done by then too.
 * test/parity/ahead-of-time.test.ts holds all of it to an ordinary openapi-backend.
 */
import type { ValidateFunction } from 'ajv';
import type { Document, Operation } from 'openapi-backend';
import { OpenAPIRouter } from 'openapi-backend/router.js';
import operations from '../../generated/operations.json' with { type: 'json' };
import { itemValidators, requestValidators } from '../../generated/request-validators.js';
import type { Scope } from '../access/caller.ts';
import type { Handlers, InvalidField, MediaType, OperationId, Services } from '../contract.ts';
import type { RouterRequest } from '../http/router-request.ts';
import type { BodyCheck, BodySchema } from './body.ts';
import { createBodyCheck } from './body.ts';
import { toInvalidFields } from './invalid-fields.ts';
import type { Notice, Outcome } from './reply.ts';

type Values = Record<string, unknown>;
/** A request as the schemas describe it. */
type RequestParts = { path: Values; query: Values; header: Values; requestBody: unknown };

export type Route = {
  id: OperationId;
  /** In upper case. */
  method: string;
  /** Of the path, such as `/devices/{deviceID}`. */
  template: string;
  needsKey: boolean;
  scope: Scope | undefined;
  notice: Notice | undefined;
  /** Names no device: it is for those of the caller's key. */
  isForOwnDevices: boolean;
  /** The media types of the first response, in the contract's order. */
  mediaTypes: MediaType[];
  bodySchema: BodySchema;
  /** Undefined if the operation takes no body. */
  checkBody: BodyCheck | undefined;
  /** The parameters: text, and in the query also lists, integers and booleans where the contract declares them. */
  toParameters(request: RouterRequest): { path: Values; query: Values };
  /** The contract's header parameters, under the contract's names. */
  toHeaders(headers: Record<string, string>): Values;
  /** Returns the fields at fault. */
  validate(parts: RequestParts): InvalidField[];
  handle(input: never, services: Services): Promise<Outcome>;
};

export const createRoutes = (handlers: Handlers) => {
  const router = new OpenAPIRouter({ definition: operations as unknown as Document });
  const all = router.getOperations();
  // OpenAPIRouter builds the list at each request.
  router.getOperations = () => all;
  const routes = new Map(all.map((operation) => [operation, toRoute(operation, router, handlers)]));
  const exact = new Map(
    all.map((operation) => [`${operation.method} ${operation.path}`, routes.get(operation)]),
  );
  const methods = new Set(all.map(({ method }) => method));
  const find = (sent: string, path: string): Route | undefined => {
    // HEAD is GET without the body, which API Gateway leaves out (RFC 9110, section 9.3.2).
    const method = sent.toLowerCase() === 'head' ? 'get' : sent;
    const route = exact.get(`${method.toLowerCase()} ${path}`);
    if (route) return route;
    const operation = router.matchOperation({ method, path, headers: {} });
    return operation && routes.get(operation);
  };
  return {
    find,
    /** Every operation at a path, whatever its method. */
    findAll: (path: string): Route[] => [...methods].flatMap((method) => find(method, path) ?? []),
  };
};

function toRoute(operation: Operation, router: OpenAPIRouter, handlers: Handlers): Route {
  const id = operation.operationId as OperationId;
  const { method, security = [], requestBody, responses = {} } = operation;
  const more = operation as {
    'x-for-own-devices'?: boolean;
    'x-scope'?: Scope;
    'x-notice'?: Notice;
  };
  const [first] = Object.values(responses) as { content?: object }[];
  const validators = ownValue(requestValidators, id) ?? [];
  const bodySchema = toBodySchema(operation);
  const headerNames = toParameterNames(operation, ({ in: place }) => place === 'header');
  return {
    id,
    method: method.toUpperCase(),
    template: operation.path,
    needsKey: security.length > 0,
    scope: more['x-scope'],
    notice: more['x-notice'],
    isForOwnDevices: more['x-for-own-devices'] === true,
    mediaTypes: Object.keys(first?.content ?? {}) as MediaType[],
    bodySchema,
    checkBody: requestBody && createBodyCheck(bodySchema, ownValue(itemValidators, id)),
    toParameters: createToParameters(operation, router),
    toHeaders: (headers) =>
      Object.fromEntries(headerNames.map((name) => [name, headers[name.toLowerCase()]])),
    validate: (parts) => validate(validators, parts, headerNames),
    handle: ownValue<string, Route['handle']>(handlers, id) ?? toMissing(id),
  };
}

/** An operation may be called like a property of Object.prototype. */
const ownValue = <Key extends string, Value>(record: Record<Key, Value>, key: Key) =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** Types prevent it; should they fail, the other operations still answer. */
const toMissing = (id: string) => async (): Promise<never> => {
  throw new Error(`There is no handler for the operation ${id}`);
};

function createToParameters(operation: Operation, router: OpenAPIRouter): Route['toParameters'] {
  const { method, path: template } = operation;
  const namesOf = (type: string): string[] =>
    toParameterNames(
      operation,
      ({ in: place, schema }) => place === 'query' && schema?.type === type,
    );
  const [lists, integers, booleans] = [namesOf('array'), namesOf('integer'), namesOf('boolean')];
  const toPath = (path: string): Values =>
    router.parseRequest({ method, path: toDecodable(path), query: {}, headers: {} }, operation)
      .params;
  return (request) => {
    // A copy, since validation changes it.
    const query: Values = { ...request.query };
    for (const name of lists) if (typeof query[name] === 'string') query[name] = [query[name]];
    for (const name of integers) query[name] = toInteger(query[name]);
    for (const name of booleans) query[name] = toBoolean(query[name]);
    return { path: template.includes('{') ? toPath(request.path) : {}, query };
  };
}

/**
 * Leaves text that is no plain integer, such as `1e3`, ` 10` or `0x10`, to fail validation; so does an integer that
 * a double cannot hold, but as too large or too small.
 */
const toInteger = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value)
    ? Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number(value), Number.MAX_SAFE_INTEGER))
    : value;

/** Leaves other text, such as `True` or `1`, to fail validation. */
const toBoolean = (value: unknown): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** OpenAPIRouter decodes path parameters, and throws at what is not percent-encoded UTF-8. */
function toDecodable(path: string): string {
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return path.replaceAll('%', '%25');
  }
}

type Parameter = { name: string; in: string; schema?: { type?: string } };

const toParameterNames = (
  { parameters = [] }: Operation,
  isWanted: (parameter: Parameter) => boolean,
): string[] => (parameters as Parameter[]).filter(isWanted).map(({ name }) => name);

function toBodySchema({ requestBody }: Operation): BodySchema {
  const body = requestBody as { content: Record<string, { schema: BodySchema }> } | undefined;
  return body?.content['application/json']?.schema ?? {};
}

// A reply needs no more, and a body of megabytes can have a hundred thousand.
const MAX_ERRORS = 1_000;

function validate(
  validators: ValidateFunction[],
  parts: RequestParts,
  headerNames: string[],
): InvalidField[] {
  // One more, since Ajv also reports the `if` of a rule, which names no field.
  const errors = validators.flatMap((each) =>
    each(parts) ? [] : (each.errors ?? []).slice(0, MAX_ERRORS + 1),
  );
  return errors.length === 0 ? [] : toInvalidFields(errors, headerNames).slice(0, MAX_ERRORS);
}
