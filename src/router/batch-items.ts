import type { ErrorObject } from 'ajv';
import type { CheckedItem, InvalidField } from '../contract.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import { toInvalidFields } from './invalid-fields.ts';
import { toItemTexts } from './item-texts.ts';
import type { RequestBody } from './request-body.ts';
import { findContentProblem } from './request-body.ts';

/** Tells what an item lacks of its schema, as Ajv does for `{requestBody: item}`. */
export type ValidateItem = (item: unknown) => ErrorObject[];

// The reply names no more of an item's faults: it must stay below the 6 MB of a Lambda function.
const MAX_ERRORS = 10;

/**
 * Holds each item of an array to its own limits and schema, so that a bad one costs no other. Size comes
 * first: API Gateway, which has not seen the items, bounds none of them.
 */
export const checkItems = (
  { text, value }: RequestBody,
  {
    validate,
    maxBytes,
    requestId,
  }: { validate: ValidateItem; maxBytes: number; requestId: string },
): CheckedItem<unknown>[] => {
  const texts = toItemTexts(text);
  return (value as unknown[]).map((item, index) => {
    const body = { text: texts[index] ?? '', isJson: true, value: item };
    const problem = findContentProblem(body, maxBytes) ?? findSchemaProblem(validate(item));
    return problem ? { problem: { ...problem.body, requestId } } : { item };
  });
};

function findSchemaProblem(errors: ErrorObject[]): ProblemReply | undefined {
  const fields: InvalidField[] = toInvalidFields(errors);
  return fields.length > 0 ? problems.invalidRequest(fields.slice(0, MAX_ERRORS)) : undefined;
}
