const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string literal of C and C++; the second of two question marks is escaped, since they may begin a trigraph. */
export const toCText = (text: string): string =>
  `"${text.replace(/["\\\n\r\t]|(?<=\?)\?/g, (character) => ESCAPES[character] ?? `\\${character}`)}"`;
