/**
 * Writes JSON with U+FFFD as an escape, so that a reply can be sent back: in a request, the character itself
 * stands for bytes that were not UTF-8, and is refused.
 */
export const toJsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\ufffd', '\\ufffd');
