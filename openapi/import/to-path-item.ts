import type { OpenAPIV3 } from 'openapi-types';
import type { ImportOperation, Integration } from '../../gateway/import-document.ts';
import type { StreamKind } from '../../src/names/stream-kinds.ts';
import type { Contract, Cors } from '../contract.ts';
import { METHODS } from '../list-operations.ts';
import { toParameters } from '../to-parameters.ts';
import type { ImportOptions } from './import-options.ts';
import { toModel } from './to-model.ts';
import { toPreflight } from './to-preflight.ts';

const VALIDATOR = 'all';

type PathOptions = ImportOptions & { contract: Contract; cors: Cors };

/** Turns a path of the contract into one with integrations, a preflight, and an operation for every other method. */
export function toPathItem(
  item: OpenAPIV3.PathItemObject,
  options: PathOptions,
): Record<string, ImportOperation> {
  const operations = METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [[method, toOperation(operation, options)] as const] : [];
  });
  const [first] = operations;
  if (!first) return {};
  // Other methods go to the router, which answers HEAD, and 405 to the rest. They require a key if the first method does.
  const others = {
    responses: { '405': { description: 'Method not allowed' } },
    security: first[1].security,
  };
  const methods = operations.map(([method]) => method.toUpperCase());
  return {
    ...Object.fromEntries(operations),
    options: toPreflight(options.cors, methods),
    'x-amazon-apigateway-any-method': {
      ...others,
      'x-amazon-apigateway-integration': toIntegration(options.functionUri),
    },
  };
}

function toOperation(
  operation: OpenAPIV3.OperationObject,
  { contract, functionUri, streamUris, keys = 'plan' }: PathOptions,
): ImportOperation {
  const parameters = toParameters(contract, operation);
  const body = operation.requestBody as OpenAPIV3.RequestBodyObject | undefined;
  const kind = 'x-stream' in operation ? (operation['x-stream'] as StreamKind) : undefined;
  return {
    ...(operation.operationId && { operationId: operation.operationId }),
    ...(parameters.length > 0 && { parameters: parameters.map(toParameter) }),
    ...(body && { requestBody: toRequestBody(body) }),
    responses: Object.fromEntries(
      // No source says what API Gateway makes of `default` (fact 18).
      Object.keys(operation.responses)
        .filter((status) => status !== 'default')
        .map((status) => [status, { description: status }]),
    ),
    // On each operation, since API Gateway ignores the root's security (fact 16). Scoped keys are unknown to
    // API Gateway, which would reject them: it requires none then.
    security: keys === 'plan' ? (operation.security ?? []) : [],
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-integration': kind
      ? toStreamIntegration(streamUris[kind])
      : toIntegration(functionUri),
  };
}

/**
 * API Gateway reads and checks nothing but a parameter's presence (facts 11 and 25), and that is left to the router,
 * which names each parameter at fault in a field of its own.
 */
const toParameter = ({ name, in: place }: OpenAPIV3.ParameterObject) => ({
  name,
  in: place,
  required: place === 'path',
  schema: { type: 'string' as const },
});

const toRequestBody = ({ required = false, content }: OpenAPIV3.RequestBodyObject) => ({
  required,
  content: Object.fromEntries(
    Object.entries(content).map(([type, { schema }]) => [type, { schema: toModel(schema ?? {}) }]),
  ),
});

/** A stream may last as long as a function (fact 71). */
const toStreamIntegration = (uri: string): Integration => ({
  ...toIntegration(uri),
  responseTransferMode: 'STREAM',
  timeoutInMillis: 900_000,
});

const toIntegration = (functionUri: string) => ({
  type: 'aws_proxy' as const,
  // API Gateway calls Lambda by POST, whatever the client's method (fact 33).
  httpMethod: 'POST' as const,
  uri: functionUri,
  passthroughBehavior: 'when_no_match',
  timeoutInMillis: 29_000,
});
