import type { ImportDocument } from '../import-document.ts';
import { rules } from './rules.ts';

/** Something that API Gateway would refuse or silently weaken: its fact in gateway/facts.md, the place, the remedy. */
export type Finding = { fact: number; place: string; message: string };

/** Finds what API Gateway would refuse, ignore or weaken in a document, before the document is deployed. */
export const lintImportDocument = (document: ImportDocument): Finding[] =>
  rules.flatMap(({ fact, check }) => check(document).map((finding) => ({ fact, ...finding })));
