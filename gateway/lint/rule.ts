import type { ImportDocument } from '../import-document.ts';

/** One rule per fact of the design's api-gateway.md. */
export type Rule = {
  fact: number;
  check(document: ImportDocument): { place: string; message: string }[];
};
