/** The headers that let a page of the origin read a reply; `*` allows every origin. */
export const toCorsHeaders = (
  origin: string,
  exposeHeaders: readonly string[],
): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': exposeHeaders.join(','),
});
