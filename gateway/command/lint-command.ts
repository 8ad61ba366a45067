import { lintImportDocument } from '../lint/lint-import-document.ts';
import { toLine } from '../local/start/document-refused.ts';
import { loadDocument } from './load-document.ts';

/** Prints what API Gateway would refuse or weaken; the exit code is 1 if it would refuse anything. */
export const lintCommand = async (path: string): Promise<number> => {
  const findings = lintImportDocument(await loadDocument(path));
  for (const { effect, fact, place, message } of findings) {
    console.log(`${effect}: ${toLine({ place, message })} (fact ${fact})`);
  }
  const refused = findings.filter(({ effect }) => effect === 'refused').length;
  console.log(`${refused} refused, ${findings.length - refused} weakened`);
  return refused > 0 ? 1 : 0;
};
