/**
 * The headers that let a page of the origin read a reply; `*` allows every origin.
 * @param exposeHeaders the headers of a reply that a page may read
 */
export const toCorsHeaders = (
  origin: string,
  exposeHeaders: readonly string[],
): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': exposeHeaders.join(','),
});

/** Adds the headers of CORS to those of a reply, for a page of the origin, if a page asks. */
export type AddCors = (
  headers: Record<string, string>,
  origin: string | undefined,
) => Record<string, string>;

/**
 * Allows the pages of some origins; of every origin if none is given. A reply can name a single one: where there are
 * several, it names that of the page, or the first, and depends on who asks.
 */
export const createCors = (
  origins: readonly string[] = [],
  exposeHeaders: readonly string[],
): AddCors => {
  const [first = '*', ...others] = origins;
  const cors = toCorsHeaders(first, exposeHeaders);
  if (others.length === 0) return (headers) => ({ ...cors, ...headers });
  return (headers, origin = '') => ({
    ...cors,
    ...(others.includes(origin) && toCorsHeaders(origin, exposeHeaders)),
    ...headers,
    Vary: headers.Vary ? `${headers.Vary}, Origin` : 'Origin',
  });
};
