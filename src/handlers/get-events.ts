import type { Handler } from '../contract.ts';
import { toEventRange } from '../event-range.ts';
import { toCursor } from '../page-cursor.ts';
import { problems } from '../problem.ts';

/** Reads a page of a device's events of one type, of a UTC day or a range of instants. */
export const getEvents: Handler<'getEvents'> = async ({ query }, { events }) => {
  const range = toEventRange(query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const { events: body, next } = await events.list(range);
  if (!next) return { status: 200, body };
  // Relative to the request's own URL, whatever stands before it: a stage, or a domain.
  const parameters = Object.entries({ ...query, cursor: toCursor(next) });
  const search = new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, String(value)]),
  );
  return { status: 200, headers: { Link: `<?${search}>; rel="next"` }, body };
};
