import { toMarkdownTable } from '../../shared/to-markdown-table.ts';

/** A row of the comparison: what each gateway does. */
export type Row = [
  title: string,
  own: string,
  serverless: string,
  floci: string,
  localStack: string,
];

/** What is not to be run everywhere: ours by its tests, the others by their sources. */
const READ: Row[] = [
  ['configured by the import document', 'yes, 3.0', 'no', 'yes, 2.0 and 3.0', 'yes'],
  ['`aws`, `http` with VTL', 'refused', 'partly', 'yes', 'yes'],
  ['Lambda authorizers', 'fixed context', 'yes', 'yes', 'not known'],
  ['quotas', 'yes', 'no', 'no', 'no'],
  ['what is not simulated is refused at start', 'yes', 'no', 'no', 'no'],
  ['linter of the document', 'yes', 'no', 'no', 'no'],
];

const COLUMNS = ['behaviour', 'here', 'serverless-offline', 'floci', 'LocalStack'];
const mark = ([title, ...cells]: Row): string[] => [`${title} (read)`, ...cells];

/** The comparison as a table in Markdown. */
export const toTable = (rows: Row[]): string =>
  toMarkdownTable([COLUMNS, ...rows, ...READ.map(mark)]);
