import type { OpenAPIV3 } from 'openapi-types';
import type { Contract } from './contract.ts';
import type { Place } from './list-operations.ts';

/** One request of an operation, as the contract's own examples have it: what its code samples send. */
export type ExampleRequest = {
  operationId: string;
  method: string;
  /** Filled in and encoded, without the query. */
  path: string;
  /** What the path was filled in with. */
  pathValues: string[];
  query: Record<string, string>;
  /** JSON; undefined where the operation has no body. */
  body: unknown;
  needsKey: boolean;
  /** Whether a success says anything. */
  hasReply: boolean;
  /** Whether a success may have a `Link` to the next page. */
  isPaged: boolean;
  /** The contract's first server. */
  server: string;
};

/**
 * Takes the first example of the body, each required parameter, and each other one with an `example` of its
 * own; throws where the contract has no example of what the request cannot be without.
 */
export const toExampleRequest = (
  { components, servers }: Contract,
  { path, method, operation }: Place,
): ExampleRequest => {
  const name = operation.operationId ?? `${method} ${path}`;
  const missing = (what: string): never => {
    throw new Error(`${name} has no code sample, since the contract has no example of ${what}`);
  };
  const parameters = ((operation.parameters ?? []) as OpenAPIV3.ParameterObject[]).filter(
    ({ required, example }) => required || example !== undefined,
  );
  const valuesIn = (place: string): [string, string][] =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, example, schema }) => [
        name,
        String(example ?? toSchema(components, schema)?.example ?? missing(`its ${name}`)),
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
    body: operation.requestBody && (toBody(operation.requestBody) ?? missing('its body')),
    needsKey: (operation.security ?? []).length > 0,
    hasReply: success?.content !== undefined,
    isPaged: success?.headers?.Link !== undefined,
    server: servers?.[0]?.url ?? missing('a server'),
  };
};

function toSchema(
  components: OpenAPIV3.ComponentsObject | undefined,
  schema: OpenAPIV3.ParameterObject['schema'],
): OpenAPIV3.SchemaObject | undefined {
  if (!schema || !('$ref' in schema)) return schema;
  const name = schema.$ref.slice('#/components/schemas/'.length);
  return toSchema(components, components?.schemas?.[name]);
}

function toBody(requestBody: OpenAPIV3.OperationObject['requestBody']): unknown {
  const { content } = requestBody as OpenAPIV3.RequestBodyObject;
  const media = content['application/json'];
  const [first] = Object.values(media?.examples ?? {}) as OpenAPIV3.ExampleObject[];
  return media?.example ?? first?.value;
}

function toSuccess({ responses }: OpenAPIV3.OperationObject): OpenAPIV3.ResponseObject | undefined {
  const [status] = Object.keys(responses).filter((status) => status.startsWith('2'));
  return responses[status ?? ''] as OpenAPIV3.ResponseObject | undefined;
}
