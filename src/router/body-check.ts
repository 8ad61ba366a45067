import type { ValidateFunction } from 'ajv';
import type { ProblemReply } from '../http/problems.ts';
import { checkItems } from './batch-items.ts';
import type { RequestBody } from './request-body.ts';
import { findContentProblem, findSizeProblem } from './request-body.ts';

/** What a handler gets of a body that fits its schema, or why it gets none. */
export type BodyCheck = (
  body: RequestBody,
  requestId: string,
) => { value: unknown } | { problem: ProblemReply };

/** A body's schema, without references; `x-items` is that of an array whose items stand each for itself. */
export type BodySchema = { 'x-max-bytes'?: number; 'x-items'?: BodySchema };

/**
 * What an operation's schema cannot say of its bodies.
 * @param validateItem holds `{requestBody: item}` to the schema of an array's items
 */
export const createBodyCheck = (
  schema: BodySchema,
  validateItem: ValidateFunction | undefined,
): BodyCheck => {
  const maxBytes = toMaxBytes(schema);
  if (!validateItem) {
    return (body) => orProblem(findContentProblem(body, maxBytes), () => body.value);
  }
  const validate = (item: unknown) => {
    validateItem({ requestBody: item });
    return validateItem.errors ?? [];
  };
  const item = { validate, maxBytes: toMaxBytes(schema['x-items']) };
  return (body, requestId) =>
    orProblem(findSizeProblem(body, maxBytes), () => checkItems(body, { ...item, requestId }));
};

const toMaxBytes = (schema: BodySchema | undefined): number =>
  schema?.['x-max-bytes'] ?? Number.POSITIVE_INFINITY;

const orProblem = (problem: ProblemReply | undefined, toValue: () => unknown) =>
  problem ? { problem } : { value: toValue() };
