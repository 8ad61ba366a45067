/** The cells of each line (RFC 4180, section 2); it throws at what is no CSV. */
export const readCsv = (text: string): string[][] => {
  const lines: string[][] = [];
  let cells: string[] = [];
  let rest = text;
  while (rest !== '') {
    const [whole = '', cell = '', end] = CELL.exec(rest) ?? [];
    if (whole === '') throw new Error(`This is no CSV: ${JSON.stringify(rest.slice(0, 200))}`);
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') lines.push(cells);
    if (end === '\r\n') cells = [];
    rest = rest.slice(whole.length);
  }
  return lines;
};

const CELL = /^("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/;
