/** What separates columns, and what stands before the decimals of a number. */
export type CsvDialect = { separator: ',' | ';'; decimalMark: '.' | ',' };

/**
 * Writes a value as a cell of CSV (RFC 4180, section 2). Values come from devices, which must not run formulas in the
 * spreadsheet of whoever opens the file (https://owasp.org/www-community/attacks/CSV_Injection). A spreadsheet that
 * expects another separator, or splits lines only, begins cells within a value: none of these may be a formula, either.
 */
export function toCsvCell(value: unknown, { separator, decimalMark }: CsvDialect): string {
  if (value === null) return '';
  const text = toText(value, decimalMark, separator);
  const isQuoted = /["\r\n]/.test(text) || text.includes(separator);
  return isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}

function toText(
  value: unknown,
  decimalMark: CsvDialect['decimalMark'],
  separator: CsvDialect['separator'],
): string {
  if (typeof value === 'number') return String(value).replace('.', decimalMark);
  if (typeof value === 'string') return value.replace(FORMULAS[separator], "'");
  // In JSON, an escape sequence is the same text.
  return JSON.stringify(value).replace(JSON_STRING, (string) =>
    string.replace(JSON_FORMULA, toEscapeSequence),
  );
}

// OWASP's list, and the null character of its ASVS 5.0 (1.2.10), where a value begins; and what begins a formula behind
// an end of line or the separator of another dialect, with quotes between them or not.
const FORMULAS = {
  ',': /^(?=[=+\-@\t\r\n\0＝＋－＠])|(?<=[;\t\r\n]"*)(?=[=+\-@\0＝＋－＠])/g,
  ';': /^(?=[=+\-@\t\r\n\0＝＋－＠])|(?<=[,\t\r\n]"*)(?=[=+\-@\0＝＋－＠])/g,
};

// With the comma before it, which begins a cell where the file's separator is another one.
const JSON_STRING = /,?"(?:[^"\\]+|\\.)*"/g;
const JSON_FORMULA = /(?<=^,"|[,;])[=+\-@＝＋－＠]/g;

const toEscapeSequence = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
