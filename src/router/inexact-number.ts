/** A number that JavaScript cannot hold as it stands in the text: where it is, and what stands there. */
export type InexactNumber = { pointer: string; literal: string };

/**
 * Finds a number beyond a double's range, or an integer that a double would change. More fractional
 * digits than a double holds are no error: they are rounded, as everywhere (RFC 8259, section 6).
 * @param text well-formed JSON
 * @param value what it was parsed to
 */
export const findInexactNumber = (text: string, value: unknown): InexactNumber | undefined => {
  // Few bodies have such a number at all: it takes sixteen digits, or an exponent of three.
  if (!hasDoubtful(value) || !/\d{16}|\d[eE][+-]?\d{3}/.test(text)) return undefined;
  for (const { 0: literal, index } of text.matchAll(STRING_OR_NUMBER)) {
    if (literal.startsWith('"') || isExact(literal)) continue;
    const marked: unknown = JSON.parse(
      `${text.slice(0, index)}{"${MARK}":0}${text.slice(index + literal.length)}`,
    );
    return { pointer: findMark(marked) ?? '', literal };
  }
  return undefined;
};

/** Whether a number in it may be another than stands in the text; to search the text takes longer. */
function hasDoubtful(value: unknown): boolean {
  if (typeof value === 'number') return value === 0 || Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasDoubtful);
}

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
