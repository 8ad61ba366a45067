import type { ErrorObject, ValidateFunction } from 'ajv';
import type { CheckedItem } from '../contract.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import { toInvalidFields } from './invalid-fields.ts';
import { findInexactNumber, toItemTexts, toNestingDepth } from './json-text.ts';

/** A body as text and as a value, parsed once for all checks and the handler. */
export type RequestBody = { text: string; isJson: boolean; value: unknown };

/** A body's schema without references; `x-items` is the schema of items that are validated one by one. */
export type BodySchema = { 'x-max-bytes'?: number; 'x-items'?: BodySchema };

/** Returns what the handler gets of a body that matches its schema, or a problem. */
export type BodyCheck = (
  body: RequestBody,
  requestId: string,
) => { value: unknown } | { problem: ProblemReply };

// Far below the depth at which recursion over a value fails (RFC 8259, section 9, allows a limit).
const MAX_DEPTH = 256;
// A batch's reply has these for each of 1,000 items, and Lambda allows it 6 MB.
const MAX_ITEM_FIELDS = 10;

const MALFORMED = Symbol('malformed');

/** @param contentType undefined means JSON, as for API Gateway (fact 27) */
export const parseBody = (text: string | null, contentType: string | undefined): RequestBody => {
  const isJson = contentType === undefined || isJsonType(contentType);
  return { text: text ?? '', isJson, value: text && isJson ? parse(text) : undefined };
};

/** The problem of a body that has no value to validate. */
export const findFormProblem = ({ isJson, value }: RequestBody): ProblemReply | undefined => {
  if (!isJson) return problems.unsupportedMediaType();
  return value === MALFORMED ? problems.malformedJson() : undefined;
};

/**
 * Checks what a schema cannot say. A body is validated before that, as API Gateway does it.
 * @param validateItem validates `{requestBody: item}`, for arrays whose items are validated one by one
 */
export const createBodyCheck = (
  schema: BodySchema,
  validateItem: ValidateFunction | undefined,
): BodyCheck => {
  const maxBytes = toMaxBytes(schema);
  if (!validateItem) {
    return (body) => {
      const problem = findContentProblem(body, maxBytes);
      return problem ? { problem } : { value: body.value };
    };
  }
  const itemMaxBytes = toMaxBytes(schema['x-items']);
  return (body, requestId) => {
    // As sent, white space included: each item has a limit of its own.
    const bytes = Buffer.byteLength(body.text);
    if (bytes > maxBytes) return { problem: problems.payloadTooLarge(bytes, maxBytes) };
    // An item's size comes first: API Gateway, which does not see items, has not bounded it.
    const toItem = (item: RequestBody): CheckedItem<unknown> => {
      const problem =
        findContentProblem(item, itemMaxBytes) ?? findSchemaProblem(validateItem, item.value);
      return problem ? { problem: { ...problem.body, requestId } } : { item: item.value };
    };
    return { value: toItems(body).map(toItem) };
  };
};

const isJsonType = (contentType: string): boolean =>
  contentType === 'application/json' ||
  contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return MALFORMED;
  }
}

const toMaxBytes = (schema: BodySchema | undefined): number =>
  schema?.['x-max-bytes'] ?? Number.POSITIVE_INFINITY;

function toItems({ text, value }: RequestBody): RequestBody[] {
  const texts = toItemTexts(text);
  return (value as unknown[]).map((item, index) => ({
    text: texts[index] ?? '',
    isJson: true,
    value: item,
  }));
}

function findSchemaProblem(validate: ValidateFunction, item: unknown): ProblemReply | undefined {
  if (validate({ requestBody: item })) return undefined;
  const fields = toInvalidFields(validate.errors as ErrorObject[]);
  return problems.invalidRequest(fields.slice(0, MAX_ITEM_FIELDS));
}

function findContentProblem(body: RequestBody, maxBytes: number): ProblemReply | undefined {
  // A level takes two characters: short bodies need no look.
  const depth = body.text.length > 2 * MAX_DEPTH ? toNestingDepth(body.text) : 0;
  if (depth > MAX_DEPTH) {
    const detail = `is nested ${depth} levels deep, ${MAX_DEPTH} are allowed`;
    return problems.invalidRequest([{ pointer: '', detail }]);
  }
  const bytes = toCompactBytes(body, maxBytes);
  if (bytes > maxBytes) return problems.payloadTooLarge(bytes, maxBytes);
  const inexact = findInexactNumber(body.text, body.value);
  if (!inexact) return undefined;
  const detail = `is a number that JSON cannot carry exactly (${inexact.literal.slice(0, 40)}): send it as a string`;
  return problems.invalidRequest([{ pointer: inexact.pointer, detail }]);
}

/** White space between tokens does not count; most bodies are within the limit even with it. */
function toCompactBytes({ text, value }: RequestBody, maxBytes: number): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= maxBytes ? bytes : Buffer.byteLength(JSON.stringify(value));
}
