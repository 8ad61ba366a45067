import type { OpenAPIV3 } from 'openapi-types';
import { METHODS } from './methods.ts';

/** Where an operation is in the contract; its method is in lower case. */
export type Place = { path: string; method: string; operation: OpenAPIV3.OperationObject };

/** Every operation, in the contract's order of paths. */
export const listOperations = ({ paths }: Pick<OpenAPIV3.Document, 'paths'>): Place[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
