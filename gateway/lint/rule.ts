import type { ImportDocument } from '../import-document.ts';

/** Checks a document for breaches of one fact of gateway/facts.md. */
export type Rule = {
  fact: number;
  check(document: ImportDocument): { place: string; message: string }[];
};
