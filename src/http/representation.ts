import Negotiator from 'negotiator';
import type { MediaType } from '../contract.ts';

/** Writes a reply's body in a media type. */
export type Representation = {
  contentType: string;
  toText(body: unknown): string;
  /** Writes one item as it appears in the text of an array. */
  toItemText(item: unknown): string;
};

/** Negotiates the media type (RFC 9110, section 12.5.1); the first if the client accepts none. */
export const negotiate = (accept: string | undefined, available: MediaType[]): MediaType => {
  const [first = 'application/json', ...others] = available;
  if (accept === undefined || others.length === 0) return first;
  const only = available.find((mediaType) => mediaType === accept);
  if (only) return only;
  const favourite = new Negotiator({ headers: { accept } }).mediaType(available);
  return (favourite as MediaType | undefined) ?? first;
};

const toJson = (value: unknown): string => JSON.stringify(value);
const toJsonLine = (item: unknown): string => `${JSON.stringify(item)}\n`;

export const representations: Record<MediaType, Representation> = {
  'application/json': { contentType: 'application/json', toText: toJson, toItemText: toJson },
  'application/x-ndjson': {
    contentType: 'application/x-ndjson',
    toText: (items) => (items as unknown[]).map(toJsonLine).join(''),
    toItemText: toJsonLine,
  },
  'text/csv': {
    contentType: 'text/csv; charset=utf-8; header=present',
    toText: (items) => `date,value\r\n${(items as unknown[]).map(toCsvLine).join('')}`,
    toItemText: toCsvLine,
  },
};

function toCsvLine(item: unknown): string {
  const { date, value } = item as { date: string; value: unknown };
  return `${date},${toCsvField(value)}\r\n`;
}

// https://owasp.org/www-community/attacks/CSV_Injection, and the null character of its ASVS 5.0 (1.2.10).
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** RFC 4180, section 2. A device's value must not run as a formula in the spreadsheet that opens the file. */
function toCsvField(value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'object') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
