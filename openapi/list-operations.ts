import type { OpenAPIV3 } from 'openapi-types';

/** The methods that an operation of the contract may have. */
export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** An operation and its place in the contract; the method is in lower case. */
export type Place = { path: string; method: string; operation: OpenAPIV3.OperationObject };

/** Lists every operation, in the contract's order of paths. */
export const listOperations = ({ paths }: Pick<OpenAPIV3.Document, 'paths'>): Place[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
