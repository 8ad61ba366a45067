/**
 * Writes JSON for the API, which takes U+FFFD only as an escape: unescaped, it stands for text that was not UTF-8. Half a
 * surrogate pair, which UTF-8 does not have, is an escape already.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\ufffd', '\\ufffd');
