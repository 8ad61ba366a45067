import { toKebab } from '../../shared/to-kebab.ts';

/** Where the handler of an operation is. */
export const toHandlerPath = (operationId: string): string =>
  `src/handlers/${toKebab(operationId)}.ts`;
