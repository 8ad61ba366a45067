import type { Contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import type { PageParts } from './to-page.ts';

/** A part of a page that a reader may look for; `path` is relative to the site's root. */
type Section = { title: string; heading: string; path: string; text: string };

/** A module with every section of the guides and every operation of the reference, for docs/site/assets/pages.js. */
export const toSearchIndex = (pages: PageParts[], contract: Contract): string => {
  const sections = [...pages.flatMap(toSections), ...listOperations(contract).map(toOperation)];
  return `export default ${JSON.stringify(sections)};\n`;
};

function toSections({ title, path, main }: PageParts): Section[] {
  const [first = '', ...parts] = main.split(/(?=<h[23] id=")/);
  return [
    { title, heading: '', path, text: toText(first) },
    ...parts.map((part) => {
      const [, id = '', heading = ''] = /<h\d id="([^"]+)">(.*?)<\/h\d>/.exec(part) ?? [];
      return { title, heading: toText(heading), path: `${path}#${id}`, text: toText(part) };
    }),
  ];
}

/** Under the address that Redoc gives it. */
const toOperation = ({
  path,
  method,
  operation,
}: ReturnType<typeof listOperations>[number]): Section => {
  const { operationId = '', tags: [tag] = [], summary = '', description = '' } = operation;
  return {
    title: 'Reference',
    heading: `${method.toUpperCase()} ${path} – ${summary}`,
    path: `reference/#/${tag}/${operationId}`.toLowerCase(),
    text: `${operationId} ${description}`,
  };
};

const toText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
