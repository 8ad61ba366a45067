/*
 * Finds text that was not UTF-8. Whoever decodes such bytes puts U+FFFD in their place, API Gateway included, so
 * that two different texts may have become the same: a U+FFFD in a request is never taken. Who means the character
 * itself sends its escape in JSON, `\\ufffd`.
 */
import type { InvalidField } from '../contract.ts';
import type { RouterRequest } from '../http/router-request.ts';
import { findPointer, toNestingDepth } from './json-text.ts';

const REPLACEMENT = '\ufffd';
const MARK = 'what was not UTF-8';

/** Whether text has lost what it was. Half a surrogate pair is no UTF-8 either. */
export const isLostText = (text: string): boolean =>
  text.includes(REPLACEMENT) || !text.isWellFormed();

// The search recurses, and the pointer goes into the reply.
const MAX_DEPTH = 256;
const MAX_POINTER = 1_024;

/**
 * The pointer to the first text of a body that was not UTF-8: to the text, or to the object that has it as the name
 * of a member. It is empty, for the whole body, where it cannot be told.
 */
export const toLostTextPointer = (text: string): string => {
  const marked = text.toWellFormed().replace(REPLACEMENT, MARK);
  if (toNestingDepth(marked) > MAX_DEPTH) return '';
  try {
    const pointer = findPointer(JSON.parse(marked), isMarked) ?? '';
    return pointer.length > MAX_POINTER ? '' : pointer;
  } catch {
    return '';
  }
};

const isMarked = (value: object | string): boolean =>
  typeof value === 'string'
    ? value.includes(MARK)
    : Object.keys(value).some((name) => name.includes(MARK));

/**
 * The parameters that were not UTF-8: API Gateway hands on those of the query decoded, and the path as it was sent
 * (facts 17 and 47).
 * @param template of the path, such as `/devices/{deviceID}`
 */
export const findLostParameters = (
  template: string,
  { path, query }: RouterRequest,
): InvalidField[] => {
  const segments = path.split('/');
  const inPath = template
    .split('/')
    .filter((part, index) => part.startsWith('{') && isLostText(decode(segments[index] ?? '')))
    .map((part) => part.slice(1, -1));
  const inQuery = Object.entries(query)
    .filter(([name, values]) => [name, ...[values].flat()].some(isLostText))
    .map(([name]) => name);
  return [...inPath, ...inQuery].map((parameter) => ({
    code: 'not-utf8',
    parameter: parameter.slice(0, MAX_NAME),
    detail: 'must be UTF-8',
  }));
};

// A client's names may be thousands of characters long.
const MAX_NAME = 64;

/** Decodes what is percent-encoded, and leaves what only looks like it. */
const decode = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
