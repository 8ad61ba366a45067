import type { Api } from '../document/api.ts';
import type { Fault } from '../document/cursor.ts';
import { readDocument } from '../document/read-document.ts';
import type { Complaint, Effect } from './rule.ts';
import { rules } from './rules.ts';

/** Something that API Gateway would refuse or silently weaken, by a fact of gateway/facts.md: the place, the remedy. */
export type Finding = Complaint & { fact: number; effect: Effect };

/** Finds what API Gateway would refuse, ignore or weaken in a document of any shape, before it is deployed. */
export const lintImportDocument = (document: unknown): Finding[] => lintApi(readDocument(document));

/** The same for a document that has been read. */
export const lintApi = ({ api, faults }: { api: Api; faults: Fault[] }): Finding[] => {
  const findings: Finding[] = [
    ...faults.map((fault) => ({ fact: 80, effect: 'refused' as const, ...fault })),
    ...rules.flatMap(({ fact, effect, check }) =>
      check(api).map((complaint) => ({ fact, effect, ...complaint })),
    ),
  ];
  const unresolved = toUnresolvedPlaces(findings);
  return findings.filter(({ place, fact }) => fact === UNRESOLVED || !unresolved.has(place));
};

const UNRESOLVED = 86;

/** Where a template must be resolved first: nothing else can be said of these parts. */
const toUnresolvedPlaces = (findings: Finding[]): Set<string> =>
  new Set(findings.filter(({ fact }) => fact === UNRESOLVED).map(({ place }) => place));
