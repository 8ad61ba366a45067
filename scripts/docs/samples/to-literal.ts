/** Formats JSON over several lines, with trailing commas. */
export const toLiteral = (value: unknown, spaces: number): string =>
  JSON.stringify(value, null, spaces).replace(/(?<![[{])\n( *)([\]}])/g, ',\n$1$2');
