import type { Input, Services, StreamLimits } from '../../contract.ts';
import type { Position } from '../../events/read/position.ts';
import type { ExportRange } from './export-range.ts';
import type { LineFormat } from './line-format.ts';

// What an export holds, and what it may still write once it has looked at its limits.
const PAGE = { limit: 2_000, maxBytes: 1_048_576 };

type ExportInput = Pick<Input<'exportEvents'>, 'signal' | 'report'>;

/** Some lines, and the cursor of what follows them; undefined at the end. */
type Part = { lines: string; nextCursor: string | undefined };

/**
 * Makes the text of an export, a part when the one before it was taken. It ends with a last line, also at a limit, and
 * where the database fails on the way: the client goes on there.
 */
export async function* toExportLines(
  events: Services['events'],
  range: ExportRange,
  format: LineFormat,
  { signal, report }: ExportInput,
  { bytes: maxBytes, milliseconds, leave }: StreamLimits & { leave(): Promise<void> },
): AsyncGenerator<string> {
  const end = performance.now() + milliseconds;
  let bytes = 0;
  let nextCursor: string | undefined;
  let text = format.toHeader(range.range.withReceipt);
  try {
    for await (const part of readParts(events, range, format, signal)) {
      text += part.lines;
      bytes += Buffer.byteLength(text);
      ({ nextCursor } = part);
      yield text;
      text = '';
      if (bytes + PAGE.maxBytes > maxBytes || performance.now() > end) break;
    }
  } catch (error) {
    // Before the first part, the client gets the problem instead.
    const isOutage = nextCursor !== undefined && report(error).status === 503;
    if (!isOutage || signal?.aborted) throw error;
  } finally {
    await leave();
  }
  yield text + format.toTrailer(nextCursor);
}

async function* readParts(
  events: Services['events'],
  exported: ExportRange,
  { toLine }: LineFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<Part> {
  const { range, toCursor } = exported;
  const options = { toText: toLine, maxBytes: PAGE.maxBytes, signal };
  let { after } = exported;
  for await (const { eventType, isLast } of readTypes(events, exported, signal)) {
    let next: Position | undefined = after?.eventType === eventType ? after.position : undefined;
    // The part before ended behind the last event of this type.
    if (next && next.date >= range.to) continue;
    do {
      const page = await events.list(
        { ...range, eventType, limit: PAGE.limit, ...(next && { after: next }) },
        options,
      );
      ({ next } = page);
      // Behind the last event of the type.
      const place = next ?? { date: range.to, seq: 0, index: 0 };
      const isEnd = next === undefined && isLast;
      const lines = page.events.map(toLine).join('');
      yield { lines, nextCursor: isEnd ? undefined : toCursor(eventType, place) };
    } while (next);
    after = undefined;
  }
}

const TYPES_AT_ONCE = 1_000;

/** The types in their order, from that of the cursor on. */
async function* readTypes(
  events: Services['events'],
  { range: { deviceID }, eventType, after }: ExportRange,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ eventType: string; isLast: boolean }> {
  if (eventType !== undefined) return yield { eventType, isLast: true };
  let last = after?.eventType;
  let waiting = last;
  for (;;) {
    const query = { deviceID, limit: TYPES_AT_ONCE, ...(last !== undefined && { after: last }) };
    const types = await events.listTypes(query, { signal });
    for (const type of types) {
      if (waiting !== undefined) yield { eventType: waiting, isLast: false };
      waiting = type;
    }
    last = types.at(-1);
    if (types.length === TYPES_AT_ONCE) continue;
    if (waiting !== undefined) yield { eventType: waiting, isLast: true };
    return;
  }
}
