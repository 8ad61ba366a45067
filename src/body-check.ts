import { checkItems } from './batch-items.ts';
import { createItemValidator } from './item-validator.ts';
import type { ProblemReply } from './problem.ts';
import type { RequestBody } from './request-body.ts';
import { findContentProblem, findSizeProblem } from './request-body.ts';

/** What a handler gets of a body that fits its schema, or why it gets none. */
export type BodyCheck = (
  body: RequestBody,
  requestId: string,
) => { value: unknown } | { problem: ProblemReply };

/** A body's schema, without references; `x-items` is that of an array whose items stand each for itself. */
export type BodySchema = { 'x-max-bytes'?: number; 'x-items'?: BodySchema };

/** What an operation's schema cannot say of its bodies. */
export const createBodyCheck = (schema: BodySchema): BodyCheck => {
  const maxBytes = toMaxBytes(schema);
  const items = schema['x-items'];
  if (!items) {
    return (body) => orProblem(findContentProblem(body, maxBytes), () => body.value);
  }
  const item = { validate: createItemValidator(items), maxBytes: toMaxBytes(items) };
  return (body, requestId) =>
    orProblem(findSizeProblem(body, maxBytes), () => checkItems(body, { ...item, requestId }));
};

const toMaxBytes = (schema: BodySchema): number =>
  schema['x-max-bytes'] ?? Number.POSITIVE_INFINITY;

const orProblem = (problem: ProblemReply | undefined, toValue: () => unknown) =>
  problem ? { problem } : { value: toValue() };
