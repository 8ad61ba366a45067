/** Why a document is not served: where, as a JSON pointer, what AWS would do with it, and what to do instead. */
export type Reason = { place: string; message: string };

/** Says that a document is not served, with a line for each reason. */
export class DocumentRefused extends Error {
  override name = 'DocumentRefused';
  readonly reasons: Reason[];
  constructor(reasons: Reason[]) {
    super(['The document cannot be served:', ...reasons.map(toLine)].join('\n'));
    this.reasons = reasons;
  }
}

/** One line, whatever the document has in it. */
export const toLine = ({ place, message }: Reason): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey
  `${place || '(document)'} ${message}`.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
