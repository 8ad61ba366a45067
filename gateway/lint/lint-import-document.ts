import type { ImportDocument } from '../import-document.ts';
import { rules } from './rules.ts';

/** What API Gateway would refuse or silently weaken: the fact it follows from, the place, the remedy. */
export type Finding = { fact: number; place: string; message: string };

/** Checks a document before AWS sees it; an import that only warns is a rule that nobody enforces. */
export const lintImportDocument = (document: ImportDocument): Finding[] =>
  rules.flatMap(({ fact, check }) => check(document).map((finding) => ({ fact, ...finding })));
