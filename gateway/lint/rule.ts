import type { Api } from '../document/api.ts';

/** A place in the document, as a JSON pointer, and what is wrong there. */
export type Complaint = { place: string; message: string };

/**
 * What AWS does with a breach: it refuses the document, by an error of the import or of the deployment; or it ignores
 * or changes something, so that the API does less than the document says.
 */
export type Effect = 'refused' | 'weakened';

/** Checks a document for breaches of one fact of gateway/facts.md. */
export type Rule = { fact: number; effect: Effect; check(api: Api): Complaint[] };

export const refuses = (fact: number, check: Rule['check']): Rule => ({
  fact,
  effect: 'refused',
  check,
});

export const weakens = (fact: number, check: Rule['check']): Rule => ({
  fact,
  effect: 'weakened',
  check,
});
