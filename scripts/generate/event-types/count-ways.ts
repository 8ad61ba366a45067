/*
 * An upper bound of the ways in which a backtracking engine may match a pattern at one place:
 *
 *   one character, anchor       1
 *   A B                         ways(A) × ways(B)
 *   A | B                       ways(A) + ways(B)
 *   A{m,n}                      the sum of ways(A)^k, k from m to n
 *   A*, A+, A{m,}               the length of the longest value, if ways(A) is 1; otherwise endless
 *
 * A pattern with few ways takes at most as many attempts, so it cannot be made slow by a value.
 */

/** The longest text in an event: as many characters as the event may have bytes. */
const LONGEST = 16_384;

/** @throws Error that says what of the pattern is not known here, such as a look-ahead or a reference */
export const countWays = (pattern: string): number => {
  // Throws for what is no pattern.
  new RegExp(pattern, 'u');
  const reader: Reader = { pattern, at: 0 };
  return readChoice(reader);
};

type Reader = { readonly pattern: string; at: number };

function readChoice(reader: Reader): number {
  let ways = readSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    ways += readSequence(reader);
  }
  return ways;
}

function readSequence(reader: Reader): number {
  let ways = 1;
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    ways *= repeat(readAtom(reader), readQuantifier(reader));
  }
  return ways;
}

// A class; an escape of a character or of a set of characters; any other character.
const ATOM = /\[(?:[^\]\\]|\\.)*\]|\\(?:[dDwWsSnrtfv]|[^\w\s]|u[\dA-Fa-f]{4})|[^\\()|*+?{}[\]]/uy;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/y;

function readAtom(reader: Reader): number {
  const { pattern } = reader;
  if (pattern.startsWith('(', reader.at)) return readGroup(reader);
  const [atom] = matchAt(ATOM, reader) ?? [];
  if (atom !== undefined) return 1;
  throw new Error(
    `has ${pattern.slice(reader.at, reader.at + 8)}, which patterns here may not have`,
  );
}

function readGroup(reader: Reader): number {
  const [, kind = ''] = /^\((\?<?[=!]|\?:|\?)?/.exec(reader.pattern.slice(reader.at)) ?? [];
  if (kind !== '' && kind !== '?:')
    throw new Error(`has (${kind}, which patterns here may not have`);
  reader.at += 1 + kind.length;
  const ways = readChoice(reader);
  reader.at += 1;
  return ways;
}

type Quantifier = { least: number; most: number };

function readQuantifier(reader: Reader): Quantifier {
  const [, sign, least, comma, most] = matchAt(QUANTIFIER, reader) ?? [];
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : LONGEST };
  if (least === undefined) return { least: 1, most: 1 };
  const open = comma === undefined ? Number(least) : LONGEST;
  return { least: Number(least), most: most === undefined ? open : Number(most) };
}

function matchAt(expression: RegExp, reader: Reader): RegExpExecArray | null {
  expression.lastIndex = reader.at;
  const match = expression.exec(reader.pattern);
  if (match) reader.at = expression.lastIndex;
  return match;
}

function repeat(ways: number, { least, most }: Quantifier): number {
  if (ways === 1) return most - least + 1;
  let sum = 0;
  for (let times = least; times <= most && sum < Number.MAX_SAFE_INTEGER; times++)
    sum += ways ** times;
  return sum;
}
