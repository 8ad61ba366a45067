import type { OpenAPIV3 } from 'openapi-types';
import type { Contract } from './contract.ts';
import type { Place } from './list-operations.ts';
import { resolveRef } from './resolve-ref.ts';
import { toParameters } from './to-parameters.ts';

/** A request of an operation, taken from the contract's examples. The code samples send it. */
export type ExampleRequest = {
  operationId: string;
  method: string;
  /** With its parameters filled in and encoded, without the query. */
  path: string;
  /** The values of the path's parameters, not encoded. */
  pathValues: string[];
  query: Record<string, string>;
  /** The names of the query's parameters that are lists. */
  lists: string[];
  /** The names of those that are `true` or `false`. */
  booleans: string[];
  /** A JSON value; undefined if the operation has no body. */
  body: unknown;
  needsKey: boolean;
  /** The media type of a successful reply; undefined if it has no body. */
  replyType: string | undefined;
  /** The name of the list in a reply that may have a `nextCursor`; undefined for other replies. */
  pagedList: string | undefined;
  /** The URL of the contract's first server without variables: the local service. */
  server: string;
};

/**
 * Takes the first example of the body, every required parameter, and every other parameter that has an `example`.
 * @throws an Error if the contract has no example of a part that the request needs
 */
export const toExampleRequest = (
  contract: Contract,
  { path, method, operation }: Place,
): ExampleRequest => {
  const name = operation.operationId ?? `${method} ${path}`;
  const missing = (what: string): never => {
    throw new Error(`${name} has no code sample, since the contract has no example of ${what}`);
  };
  const parameters = toParameters(contract, operation).filter(
    ({ required, example }) => required || example !== undefined,
  );
  const valuesIn = (place: string): [string, string][] =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, example, schema }) => [
        name,
        String(example ?? resolveRef(contract, schema ?? {}).example ?? missing(`its ${name}`)),
      ]);
  const pathValues = valuesIn('path');
  const success = toSuccess(operation);
  return {
    operationId: operation.operationId ?? missing('an operationId'),
    method: method.toUpperCase(),
    path: pathValues.reduce(
      (filled, [name, value]) => filled.replace(`{${name}}`, encodeURIComponent(value)),
      path,
    ),
    pathValues: pathValues.map(([, value]) => value),
    query: Object.fromEntries(valuesIn('query')),
    lists: parameters.filter(isOfType('array')).map(({ name }) => name),
    booleans: parameters.filter(isOfType('boolean')).map(({ name }) => name),
    body: operation.requestBody && (toBody(operation.requestBody) ?? missing('its body')),
    needsKey: (operation.security ?? []).length > 0,
    replyType: Object.keys(success?.content ?? {})[0],
    pagedList: findPagedList(contract, success),
    server: contract.servers?.find(({ variables }) => !variables)?.url ?? missing('a server'),
  };
};

const isOfType =
  (type: string) =>
  ({ schema = {} }: OpenAPIV3.ParameterObject): boolean =>
    'type' in schema && schema.type === type;

function toBody(requestBody: OpenAPIV3.OperationObject['requestBody']): unknown {
  const { content } = requestBody as OpenAPIV3.RequestBodyObject;
  const media = content['application/json'];
  const [first] = Object.values(media?.examples ?? {}) as OpenAPIV3.ExampleObject[];
  return media?.example ?? first?.value;
}

function findPagedList(
  contract: Contract,
  success: OpenAPIV3.ResponseObject | undefined,
): string | undefined {
  const schema = resolveRef<OpenAPIV3.SchemaObject>(
    contract,
    success?.content?.['application/json']?.schema ?? {},
  );
  const { nextCursor, ...others } = schema.properties ?? {};
  const [list] = Object.entries(others).filter(
    ([, property]) => resolveRef(contract, property).type === 'array',
  );
  return nextCursor && list?.[0];
}

function toSuccess({ responses }: OpenAPIV3.OperationObject): OpenAPIV3.ResponseObject | undefined {
  const [status] = Object.keys(responses).filter((status) => status.startsWith('2'));
  return responses[status ?? ''] as OpenAPIV3.ResponseObject | undefined;
}
