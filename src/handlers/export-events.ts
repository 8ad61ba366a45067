import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';
import { toExportLines } from '../http/streams/export-lines.ts';
import { toExportRange } from '../http/streams/export-range.ts';
import { toLineFormat } from '../http/streams/line-format.ts';

/** Streams the events of a range as lines of NDJSON or CSV: of one type, or of all types of a device. */
export const exportEvents: Handler<'exportEvents'> = async (input, { events, streams }) => {
  const range = toExportRange(input.query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const format = toLineFormat(input);
  if (Array.isArray(format)) return problems.invalidRequest(format);
  if (input.isHead) return { status: 200, body: '' };
  const leave = await streams.take('export');
  if (!leave) return problems.tooManyStreams();
  const limits = { ...streams.limits, leave };
  return { status: 200, body: toExportLines(events, range, format, input, limits) };
};
