import { markdownTable } from 'markdown-table';

/**
 * Renders rows as a table of GitHub's Markdown, the heads first. A pipe or a line break in a cell stays in its
 * cell, which markdown-table leaves to its callers.
 * @param align a letter for each column: `l`, `r` or `c`; none aligns nothing
 */
export const toMarkdownTable = (rows: string[][], align?: string[]): string =>
  // Columns of one width would make every row of a diff new, where one cell grows.
  markdownTable(
    rows.map((cells) => cells.map(toCell)),
    { alignDelimiters: false, ...(align && { align }) },
  );

const toCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
