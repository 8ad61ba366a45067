import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import { findInexactNumber } from './inexact-number.ts';
import { nestingDepth } from './nesting-depth.ts';

/** A body as text, and what it says: parsed once, for the checks and the handler alike. */
export type RequestBody = { text: string; isJson: boolean; value: unknown };

// Far below where JavaScript's own recursion over a value ends (RFC 8259, section 9, allows a limit).
const MAX_DEPTH = 256;

const MALFORMED = Symbol('malformed');

/** @param contentType none is JSON, as for API Gateway (fact 27) */
export const parseBody = (text: string | null, contentType: string | undefined): RequestBody => {
  const isJson = contentType === undefined || isJsonType(contentType);
  return { text: text ?? '', isJson, value: text && isJson ? parse(text) : undefined };
};

/** Why a body cannot be held against its schema at all. */
export const findFormProblem = ({ isJson, value }: RequestBody): ProblemReply | undefined => {
  if (!isJson) return problems.unsupportedMediaType();
  return value === MALFORMED ? problems.malformedJson() : undefined;
};

/** What no schema can say. After the schema, as it is when API Gateway has checked that before. */
export const findContentProblem = (
  body: RequestBody,
  maxBytes: number,
): ProblemReply | undefined => {
  // Each level is two characters: few bodies are long enough to be that deep.
  const depth = body.text.length > 2 * MAX_DEPTH ? nestingDepth(body.text) : 0;
  if (depth > MAX_DEPTH) {
    const detail = `is nested ${depth} levels deep, ${MAX_DEPTH} are allowed`;
    return problems.invalidRequest([{ pointer: '', detail }]);
  }
  const bytes = compactBytes(body, maxBytes);
  if (bytes > maxBytes) return problems.payloadTooLarge(bytes, maxBytes);
  const inexact = findInexactNumber(body.text, body.value);
  if (!inexact) return undefined;
  const detail = `is a number that JSON cannot carry exactly (${inexact.literal.slice(0, 40)}): send it as a string`;
  return problems.invalidRequest([{ pointer: inexact.pointer, detail }]);
};

/** An array's own: of its items each has its own limits. As it was sent, white space and all. */
export const findSizeProblem = (
  { text }: RequestBody,
  maxBytes: number,
): ProblemReply | undefined => {
  const bytes = Buffer.byteLength(text);
  return bytes > maxBytes ? problems.payloadTooLarge(bytes, maxBytes) : undefined;
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

/** White space between tokens does not count; most bodies are small enough with it. */
function compactBytes({ text, value }: RequestBody, maxBytes: number): number {
  const bytes = Buffer.byteLength(text);
  return bytes <= maxBytes ? bytes : Buffer.byteLength(JSON.stringify(value));
}
