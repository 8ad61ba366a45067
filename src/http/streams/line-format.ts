import type { components } from '../../../generated/openapi.ts';
import type { Input, InvalidField } from '../../contract.ts';
import { toJsonText } from '../to-json-text.ts';
import { toCsvCell } from './csv-cell.ts';

type Event = components['schemas']['Event'];
type Query = Input<'exportEvents'>['query'];

/** How an export writes events, a line each. */
export type LineFormat = {
  /** The first line; empty if there is none. */
  toHeader(withReceipt?: true): string;
  toLine(event: Event): string;
  /** The last line, which tells that the export is not cut short. */
  toTrailer(nextCursor: string | undefined): string;
};

/** The format of an export; returns the parameters that do not go with its media type. */
export const toLineFormat = ({
  mediaType,
  query,
}: Pick<Input<'exportEvents'>, 'mediaType' | 'query'>): LineFormat | InvalidField[] => {
  if (mediaType === 'text/csv') return toCsvFormat(query);
  // Some generated clients send the defaults of all parameters.
  const misplaced = CSV_PARAMETERS.filter((parameter) => {
    const value = query[parameter];
    return value !== undefined && value !== CSV_DEFAULTS[parameter];
  });
  if (misplaced.length === 0) return ndjson;
  const detail = 'goes with CSV only: send Accept: text/csv';
  return misplaced.map((parameter) => ({ code: 'excluded', parameter, detail }));
};

const CSV_PARAMETERS = ['separator', 'decimalMark', 'byteOrderMark'] as const;
const CSV_DEFAULTS = { separator: 'comma', decimalMark: 'point', byteOrderMark: false } as const;

const ndjson: LineFormat = {
  toHeader: () => '',
  toLine: (event) => `${toJsonText(event)}\n`,
  toTrailer: (nextCursor) =>
    `${JSON.stringify(nextCursor === undefined ? { complete: true } : { complete: false, nextCursor })}\n`,
};

/**
 * CSV (RFC 4180). Excel takes the separator and the decimal mark from its locale, and a file without a byte-order mark
 * for one in the locale's code page. A first line `sep=;` would be no help: Excel then overlooks that mark.
 */
function toCsvFormat(query: Query): LineFormat {
  const { separator, decimalMark, byteOrderMark } = { ...CSV_DEFAULTS, ...query };
  const dialect = {
    separator: separator === 'comma' ? ',' : ';',
    decimalMark: decimalMark === 'comma' ? ',' : '.',
  } as const;
  const toRow = (cells: string[]) => `${cells.join(dialect.separator)}\r\n`;
  const columns = ['deviceID', 'eventType', 'date', 'value', 'id'];
  return {
    toHeader: (withReceipt) =>
      (byteOrderMark ? '\uFEFF' : '') + toRow(withReceipt ? [...columns, 'receivedAt'] : columns),
    toLine: ({ deviceID, eventType, date, value, id = '', receivedAt }) => {
      const cells = [deviceID, eventType, date, toCsvCell(value, dialect), id];
      // Either all events of an export have `receivedAt`, or none.
      return toRow(receivedAt ? [...cells, receivedAt] : cells);
    },
    toTrailer: (nextCursor) =>
      nextCursor === undefined ? '# complete\r\n' : `# nextCursor: ${nextCursor}\r\n`,
  };
}
