import type { OpenAPIV3 } from 'openapi-types';
import { resolveRef } from './resolve-ref.ts';

/** The parameters of an operation, each in full: the contract refers to those that several operations share. */
export const toParameters = (
  contract: object,
  { parameters = [] }: OpenAPIV3.OperationObject,
): OpenAPIV3.ParameterObject[] =>
  parameters.map((parameter) => resolveRef<OpenAPIV3.ParameterObject>(contract, parameter));
