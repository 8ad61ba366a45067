/**
 * How many arrays and objects lie within each other; read off the text, since recursion over the value
 * would itself run out of stack.
 * @param text well-formed JSON
 */
export const nestingDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(STRING_OR_BRACKET)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
};

const STRING_OR_BRACKET = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;
