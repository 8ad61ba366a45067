/*
 * Reads what JSON.parse does not keep from the text of JSON that is known to be well-formed: its depth, the text
 * of a batch's items, numbers that a double changes. One tokenizer serves all three. It does not recurse, since
 * a text may be nested deeper than the stack is.
 */
import { toPointerStep } from '../names/pointer-step.ts';

/** A number in the text that its parsed value does not equal. */
export type InexactNumber = { pointer: string; literal: string };

/** How many arrays and objects are nested in each other. */
export const toNestingDepth = (text: string): number => {
  let deepest = 0;
  for (const { depth } of toTokens(text)) if (depth > deepest) deepest = depth;
  return deepest;
};

/**
 * The text of each item of the array that is a member of an object. Of a member that stands there twice, the last
 * one counts, as for JSON.parse.
 */
export const toItemTexts = (text: string, member: string): string[] => {
  let texts: string[] = [];
  let start: number | undefined;
  let name = '';
  for (const { token, index, depth } of toTokens(text)) {
    if (depth === 1 && token.startsWith('"')) name = token;
    if (depth === 2 && token === '[' && start === undefined && isName(name, member)) {
      texts = [];
      start = index + 1;
      continue;
    }
    const isEnd = depth === 1 || (depth === 2 && token === ',');
    if (start === undefined || !isEnd) continue;
    const item = text.slice(start, index).trim();
    if (item !== '') texts.push(item);
    start = depth === 1 ? undefined : index + 1;
  }
  return texts;
};

/** Names may be written with escapes. */
const isName = (token: string, name: string): boolean =>
  token === `"${name}"` || (token.includes('\\') && JSON.parse(token) === name);

/**
 * Finds a number beyond a double's range, or an integer that a double changes, however it is written. Fractional
 * digits beyond a double's precision are rounded, which is no error (RFC 8259, section 6).
 * @param value what `text` was parsed to
 */
export const findInexactNumber = (text: string, value: unknown): InexactNumber | undefined => {
  // Such a number takes sixteen digits, among them a point, or an exponent of three, which few bodies have.
  if (!hasDoubtful(value) || !/\d[\d.]{15}|\d[eE][+-]?\d{3}/.test(text)) return undefined;
  for (const { token, index } of toTokens(text)) {
    if (!/^[-\d]/.test(token) || isExact(token)) continue;
    const marked: unknown = JSON.parse(
      `${text.slice(0, index)}{"${MARK}":0}${text.slice(index + token.length)}`,
    );
    return { pointer: findPointer(marked, isMarked) ?? '', literal: token };
  }
  return undefined;
};

/** A string, a number, or a bracket or comma; `depth` is counted after it. */
type Token = { token: string; index: number; depth: number };

// White space, colons, true, false and null are skipped: nobody asks for them.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[[\]{},]/g;

function* toTokens(text: string): Generator<Token> {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    yield { token, index, depth };
  }
}

/** Whether the value may have an inexact number; quicker to ask than the text. */
function hasDoubtful(value: unknown): boolean {
  if (typeof value === 'number') return value === 0 || Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasDoubtful);
}

const LITERAL = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const MAX_EXACT = 2n ** 53n;

function isExact(literal: string): boolean {
  const number = Number(literal);
  if (!Number.isFinite(number)) return false;
  const [, whole = '', fraction = '', exponent] = LITERAL.exec(literal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (number === 0) return digits === '';
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return true;
  // Of at most 309 digits, since the number is finite.
  const length = digits.length - fraction.length + Number(exponent ?? 0);
  const integer = BigInt(digits.slice(0, length).padEnd(length, '0'));
  if (integer <= MAX_EXACT || integer === BigInt(Math.abs(number))) return true;
  // So programs write a double, and so do replies: in the digits that tell it from its neighbours.
  return toSignificant(digits) === toShortest(number);
}

const toSignificant = (digits: string): string => digits.replace(/0+$/, '');

const toShortest = (number: number): string =>
  toSignificant(Math.abs(number).toExponential().replace(/e.*$/, '').replace('.', ''));

const MARK = 'the inexact number';

const isMarked = (value: object | string): boolean =>
  typeof value === 'object' && Object.hasOwn(value, MARK);

/** The pointer to the first text, list or object that is wanted; undefined if there is none. */
export function findPointer(
  value: unknown,
  isWanted: (value: object | string) => boolean,
): string | undefined {
  if (typeof value === 'string') return isWanted(value) ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (isWanted(value)) return '';
  for (const [key, item] of Object.entries(value)) {
    const pointer = findPointer(item, isWanted);
    if (pointer !== undefined) return `${toPointerStep(key)}${pointer}`;
  }
  return undefined;
}
