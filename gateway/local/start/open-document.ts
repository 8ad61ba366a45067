import type { Api } from '../../document/api.ts';
import { readDocument } from '../../document/read-document.ts';
import { lintApi } from '../../lint/lint-import-document.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import type { Backends } from '../integration/call-integration.ts';
import { DocumentRefused, toLine } from './document-refused.ts';
import { findFunctions } from './find-functions.ts';
import { findUnsimulated } from './find-unsimulated.ts';

/**
 * Reads a document to serve it. Throws `DocumentRefused` with everything that AWS would refuse, that this gateway does
 * not simulate, and that it was not given; nothing is ignored silently.
 */
export const openDocument = (
  document: unknown,
  settings: GatewaySettings,
): { api: Api; functions: Backends['functions'] } => {
  const read = readDocument(document);
  const findings = lintApi(read);
  const { found, missing } = findFunctions(read.api, settings);
  const refused = findings
    .filter(({ effect }) => effect === 'refused')
    .map(({ place, message, fact }) => ({ place, message: `${message} (fact ${fact})` }));
  const told = new Set(refused.map(({ place }) => place));
  const own = [...findUnsimulated(read.api, settings), ...missing];
  const reasons = [...refused, ...own.filter(({ place }) => !told.has(place))];
  if (reasons.length > 0) throw new DocumentRefused(reasons);
  for (const { place, members } of read.api.methods.flatMap(
    ({ integration }) => integration ?? [],
  )) {
    if (!members.has('cacheKeyParameters')) continue;
    const message = "is for a stage's cache: nothing is cached here";
    settings.warn?.(toLine({ place: `${place}/cacheKeyParameters`, message }));
  }
  for (const { effect, place, message, fact } of findings) {
    if (effect === 'weakened')
      settings.warn?.(toLine({ place, message: `${message} (fact ${fact})` }));
  }
  return { api: read.api, functions: found };
};
