/** A number that JavaScript cannot hold as it stands in the text: where it is, and what stands there. */
export type InexactNumber = { pointer: string; literal: string };

/**
 * Finds a number beyond a double's range, or an integer that a double would change. More fractional
 * digits than a double holds are no error: they are rounded, as everywhere (RFC 8259, section 6).
 * @param text well-formed JSON
 */
export const findInexactNumber = (text: string): InexactNumber | undefined => {
  // Few bodies have such a number at all: sixteen digits, or an exponent of three.
  if (!/\d{16}|\d[eE][+-]?\d{3}/.test(text)) return undefined;
  for (const { 0: literal, index } of text.matchAll(STRING_OR_NUMBER)) {
    if (literal.startsWith('"') || isExact(literal)) continue;
    const marked: unknown = JSON.parse(
      `${text.slice(0, index)}{"${MARK}":0}${text.slice(index + literal.length)}`,
    );
    return { pointer: findMark(marked) ?? '', literal };
  }
  return undefined;
};

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = 'the inexact number';

function isExact(literal: string): boolean {
  const number = Number(literal);
  if (!Number.isFinite(number)) return false;
  if (number === 0) return !/^-?[\d.]*[1-9]/.test(literal);
  return !/^-?\d+$/.test(literal) || BigInt(literal) === BigInt(number);
}

function findMark(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, MARK)) return '';
  for (const [key, item] of Object.entries(value)) {
    const pointer = findMark(item);
    if (pointer !== undefined)
      return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}${pointer}`;
  }
  return undefined;
}
