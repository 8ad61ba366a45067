import type { Contract } from '../../openapi/contract.ts';
import { toKebab } from '../shared/to-kebab.ts';
import { highlight } from './highlight.ts';
import { SAMPLE_LANGUAGES } from './sample-languages.ts';
import { toSampleFiles } from './to-sample-files.ts';

const MARKER = /<!-- samples (\w+) -->/g;
const GRAMMARS: Record<string, string> = { ts: 'typescript', py: 'python', c: 'c', ino: 'cpp' };

/**
 * Creates the function that replaces `<!-- samples addEvent -->` in a page with that operation's code sample in each
 * language but curl, which guides show themselves. One at a time is open, without scripts.
 */
export const createSampleTabs = (contract: Contract): ((html: string) => string) => {
  const files = new Map(toSampleFiles(contract));
  const toTab = (operationId: string): string[] =>
    SAMPLE_LANGUAGES.flatMap(({ label, extension }) => {
      const lang = GRAMMARS[extension];
      if (!lang) return [];
      const text = files.get(`${toKebab(operationId)}.${extension}`);
      if (!text) throw new Error(`There is no code sample of ${operationId} in ${label}`);
      const code = `<code class="language-${lang}">${highlight(text.trimEnd(), lang)}\n</code>`;
      return [
        `<details name="${operationId}"><summary>${label}</summary><pre tabindex="0">${code}</pre></details>`,
      ];
    });
  return (html) =>
    html.replace(MARKER, (_, id: string) => `<div class="tabs">${toTab(id).join('')}</div>`);
};
