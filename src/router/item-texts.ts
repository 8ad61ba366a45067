/**
 * The text of each item of an array.
 * @param text well-formed JSON of an array
 */
export const toItemTexts = (text: string): string[] => {
  const texts: string[] = [];
  let depth = 0;
  let start = text.indexOf('[') + 1;
  for (const { 0: token, index } of text.matchAll(STRING_OR_PUNCTUATION)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    const isEnd = depth === 0 || (depth === 1 && token === ',');
    if (!isEnd) continue;
    const item = text.slice(start, index).trim();
    if (item !== '') texts.push(item);
    start = index + 1;
  }
  return texts;
};

const STRING_OR_PUNCTUATION = /"(?:[^"\\]|\\.)*"|[[\]{},]/g;
