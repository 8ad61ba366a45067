import type { OpenAPIV3 } from 'openapi-types';
import type { Deprecation } from '../../openapi/deprecation.ts';
import { toNotice } from '../../openapi/deprecation.ts';
import { METHODS } from '../../openapi/list-operations.ts';

type Schema = Record<string, unknown>;

/**
 * The parts of the contract that the router needs at run time: paths, security, and the limits that its own
 * checks use. The validators have the rest.
 * @param contract dereferenced
 */
export const toOperations = (contract: OpenAPIV3.Document & { 'x-cors': object }): object => ({
  openapi: contract.openapi,
  info: { title: contract.info.title, version: contract.info.version },
  'x-cors': contract['x-cors'],
  paths: mapValues(contract.paths, (item) =>
    Object.fromEntries(
      METHODS.flatMap((method) => {
        const operation = item?.[method];
        return operation ? [[method, toOperation(operation)]] : [];
      }),
    ),
  ),
  // openapi-backend registers a security handler only for a scheme that it knows.
  components: { securitySchemes: contract.components?.securitySchemes ?? {} },
});

const toOperation = (
  operation: OpenAPIV3.OperationObject<{ 'x-deprecation'?: Deprecation }>,
): object => ({
  operationId: operation.operationId,
  ...pick(operation, ['x-for-own-devices', 'x-scope']),
  ...(operation['x-deprecation'] && { 'x-notice': toNotice(operation['x-deprecation']) }),
  security: operation.security ?? [],
  parameters: ((operation.parameters ?? []) as OpenAPIV3.ParameterObject[]).map(
    ({ name, in: place, schema }) => ({ name, in: place, schema: pick(schema, ['type']) }),
  ),
  ...(operation.requestBody && { requestBody: toRequestBody(operation.requestBody) }),
  responses: mapValues(withoutDefault(operation.responses), (response) => ({
    content: mapValues((response as OpenAPIV3.ResponseObject).content ?? {}, () => ({})),
  })),
});

const toRequestBody = (body: OpenAPIV3.RequestBodyObject | OpenAPIV3.ReferenceObject): object => {
  const { required, content } = body as OpenAPIV3.RequestBodyObject;
  return { required, content: mapValues(content, ({ schema }) => ({ schema: toLimits(schema) })) };
};

/** The limits that the router checks by itself, for a body and for the items of a batch. */
const toLimits = (schema: object | undefined): Schema => {
  const { properties = {} } = (schema ?? {}) as { properties?: Record<string, object> };
  const [batch] = Object.entries(properties).flatMap(([member, array]) =>
    'x-items' in array ? [{ member, items: toLimits(array['x-items'] as object) }] : [],
  );
  return {
    ...pick(schema, ['x-max-bytes', 'x-null-is-absent']),
    ...(batch && { 'x-batch': batch }),
  };
};

/** Leaves out `default`, which the router does not use. */
const withoutDefault = ({ default: _, ...statuses }: OpenAPIV3.ResponsesObject) => statuses;

const pick = (schema: object | undefined, names: string[]): Schema =>
  Object.fromEntries(Object.entries(schema ?? {}).filter(([name]) => names.includes(name)));

const mapValues = <From, To>(record: Record<string, From>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
