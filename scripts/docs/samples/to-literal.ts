/** JSON over as many lines as it takes, with a comma after each last item, as formatters have it. */
export const toLiteral = (value: unknown, spaces: number): string =>
  JSON.stringify(value, null, spaces).replace(/(?<![[{])\n( *)([\]}])/g, ',\n$1$2');
