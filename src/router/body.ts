import type { ErrorObject, ValidateFunction } from 'ajv';
import type { CheckedItem } from '../contract.ts';
import { toInvalidFields } from '../http/invalid-fields.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import { findInexactNumber, toItemTexts, toNestingDepth } from './json-text.ts';
import { isLostText, toLostTextPointer } from './lost-text.ts';
import { toEventBytes } from './to-event-bytes.ts';

/** A body as text and as a value, parsed once for all checks and the handler. */
export type RequestBody = { text: string; isJson: boolean; value: unknown };

/** What the contract says of a body that the router checks by itself. */
export type BodySchema = {
  'x-max-bytes'?: number;
  /** The members in which null means absent. */
  'x-null-is-absent'?: string[];
  /** The member that is an array whose items are validated one by one, and their schema. */
  'x-batch'?: { member: string; items: BodySchema };
};

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
export const findFormProblem = ({ isJson, text, value }: RequestBody): ProblemReply | undefined => {
  if (!isJson) return problems.unsupportedMediaType();
  if (isLostText(text)) return problems.notUtf8(toLostTextPointer(text));
  return value === MALFORMED ? problems.malformedJson() : undefined;
};

/** A batch whose events were validated one by one. */
export type Batch = { events: CheckedItem<{ deviceID?: unknown }>[] };

/** No other operation's body has `events`. */
export const isBatch = (body: unknown): body is Batch =>
  Array.isArray((body as Partial<Batch> | null | undefined)?.events);

/** Removes the members in which null means absent, before the body is validated. */
export const dropNulls = (value: unknown, { 'x-null-is-absent': names = [] }: BodySchema): void => {
  if (typeof value !== 'object' || value === null) return;
  const members = value as Record<string, unknown>;
  for (const name of names) {
    if (Object.hasOwn(members, name) && members[name] === null) delete members[name];
  }
};

/**
 * Checks what a schema cannot say. A body is validated before that, as API Gateway does it.
 * @param validateItem validates `{requestBody: item}`, for a batch whose items are validated one by one
 */
export const createBodyCheck = (
  schema: BodySchema,
  validateItem: ValidateFunction | undefined,
): BodyCheck => {
  const maxBytes = toMaxBytes(schema);
  const batch = schema['x-batch'];
  if (!batch || !validateItem) {
    return (body) => {
      const problem = findEventProblem(body, maxBytes);
      return problem ? { problem } : { value: body.value };
    };
  }
  const itemMaxBytes = toMaxBytes(batch.items);
  return (body, requestId) => {
    // As sent, white space included: each item has a limit of its own.
    const bytes = Buffer.byteLength(body.text);
    if (bytes > maxBytes) return { problem: problems.batchTooLarge(bytes, maxBytes) };
    // An item's size comes first: API Gateway, which does not see items, has not bounded it.
    const toItem = (item: RequestBody): CheckedItem<unknown> => {
      dropNulls(item.value, batch.items);
      const problem =
        findEventProblem(item, itemMaxBytes) ?? findSchemaProblem(validateItem, item.value);
      return problem ? { problem: { ...problem.body, requestId } } : { item: item.value };
    };
    return { value: { [batch.member]: toItems(body, batch.member).map(toItem) } };
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

const toMaxBytes = (schema: BodySchema): number =>
  schema['x-max-bytes'] ?? Number.POSITIVE_INFINITY;

function toItems({ text, value }: RequestBody, member: string): RequestBody[] {
  const texts = toItemTexts(text, member);
  const items = (value as Record<string, unknown[]>)[member] ?? [];
  return items.map((item, index) => ({
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

/** Checks an event, alone or of a batch: no other body has a limit of its size. */
function findEventProblem(body: RequestBody, maxBytes: number): ProblemReply | undefined {
  // A level takes two characters: short bodies need no look.
  const depth = body.text.length > 2 * MAX_DEPTH ? toNestingDepth(body.text) : 0;
  if (depth > MAX_DEPTH) {
    const detail = `is nested ${depth} levels deep, ${MAX_DEPTH} are allowed`;
    return problems.invalidRequest([{ code: 'nested-too-deep', pointer: '', detail }]);
  }
  const bytes = toEventBytes(body, maxBytes);
  if (bytes > maxBytes) return problems.eventTooLarge(bytes, maxBytes);
  const inexact = findInexactNumber(body.text, body.value);
  if (!inexact) return undefined;
  const detail = `is a number that JSON cannot carry exactly (${inexact.literal.slice(0, 40)}): send it as a string`;
  return problems.invalidRequest([{ code: 'inexact-number', pointer: inexact.pointer, detail }]);
}
