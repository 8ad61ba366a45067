import type { ExchangeRequest } from './exchange.ts';

/** A step of a scenario; `{cursor}` and `{etag}` stand for those of the reply before. */
export type Step = ExchangeRequest & { title: string };

/** A POST with text as it is, or any other body as JSON. */
export const post = (title: string, path: string, body: unknown, headers: object = {}): Step => ({
  title,
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const get = (
  title: string,
  path: string,
  query: Record<string, string> = {},
  headers?: Record<string, string>,
): Step => ({
  title,
  method: 'GET',
  path,
  ...(Object.keys(query).length > 0 && { query }),
  ...(headers && { headers }),
});
