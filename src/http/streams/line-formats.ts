import type { components } from '../../../generated/openapi.ts';
import { toJsonText } from '../to-json-text.ts';

type Event = components['schemas']['Event'];

/** How an export writes events, a line each. */
export type LineFormat = {
  /** The first line; empty if there is none. */
  toHeader(withReceipt?: true): string;
  toLine(event: Event): string;
  /** The last line, which tells that the export is not cut short. */
  toTrailer(nextCursor: string | undefined): string;
};

/** The formats of an export by media type. */
export const lineFormats = {
  'application/x-ndjson': {
    toHeader: () => '',
    toLine: (event) => `${toJsonText(event)}\n`,
    toTrailer: (nextCursor) =>
      `${JSON.stringify(nextCursor === undefined ? { complete: true } : { complete: false, nextCursor })}\n`,
  },
  'text/csv': {
    toHeader: (withReceipt) =>
      `deviceID,eventType,date,value,id${withReceipt ? ',receivedAt' : ''}\r\n`,
    // Either all events of an export have `receivedAt`, or none.
    toLine: ({ deviceID, eventType, date, value, id = '', receivedAt }) =>
      `${deviceID},${eventType},${date},${toCsvField(value)},${id}${receivedAt ? `,${receivedAt}` : ''}\r\n`,
    toTrailer: (nextCursor) =>
      nextCursor === undefined ? '# complete\r\n' : `# nextCursor: ${nextCursor}\r\n`,
  },
} satisfies Record<string, LineFormat>;

// https://owasp.org/www-community/attacks/CSV_Injection, and the null character of its ASVS 5.0 (1.2.10).
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/**
 * Writes a value as a CSV field (RFC 4180, section 2). Values come from devices, which must not run formulas in
 * the spreadsheet of whoever opens the file.
 */
function toCsvField(value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'object') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
