import { basename, dirname } from 'node:path';

/** A source file by its path from the repository's root. */
export type SourceFile = { path: string; text: string };

const MAX_FILES = 16;

/**
 * Finds the files that break the rule for names in CONTRIBUTING.md, and the folders with too many files; in
 * words. Test files, generated files and the drivers of sdks/ are not looked at.
 */
export const findMisnamedFiles = (files: SourceFile[]): string[] => {
  const sources = files.filter(({ path }) => SOURCE.test(path) && !EXEMPT.test(path));
  return [...sources.flatMap(findFault), ...findFullFolders(sources)];
};

const SOURCE = /\.(ts|js|java|c|h|py|go)$/;
const EXEMPT = /^(test|generated|sdks|\.[^/]+)\/|(^|\/)index\.ts$|\.d\.ts$|\.config\.ts$/;

const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(const|let|function\*?|class|type|interface) (\w+)/gm;

function findFault({ path, text }: SourceFile): string[] {
  if (!path.endsWith('.ts')) return [];
  const exported = [...text.matchAll(EXPORT)].map(([, kind = '', name = '']) => ({ kind, name }));
  const names = exported.map(({ name }) => name);
  const made = names.find((name) => /^make[A-Z]/.test(name));
  if (made) return [`${path} exports ${made}: generate, build and create are the verbs for that`];
  const isOfTypes = exported.length > 1 && exported.every(({ kind }) => TYPES.has(kind));
  if (isEntryPoint(names) || isOfTypes || SUBJECTS.has(path)) return [];
  if (isNamedAfter(names, basename(path, '.ts'))) return [];
  return [`${path} exports ${names.join(', ')}: name the file after its main export`];
}

/** Named after the subject that their functions share, or after the module in whose place they stand. */
const SUBJECTS = new Set([
  'bench/contestants/events.ts',
  'bench/contestants/rules.ts',
  'bench/contestants/zod-schemas.ts',
  'bench/harness/instant-mongodb.ts',
  'bench/harness/requests.ts',
  'bench/report/statistics.ts',
  'cdktf/stack.ts',
  'src/http/event-query.ts',
  'src/lambda/aws-credentials.ts',
  'src/names/metric-names.ts',
  'src/router/json-text.ts',
  'src/router/log.ts',
]);

const TYPES = new Set(['type', 'interface']);

/** Run and not imported; the functions' own exports have the names that Lambda is told. */
const isEntryPoint = (names: string[]): boolean =>
  names.every((name) => name === 'handler' || name === 'stream');

function isNamedAfter(names: string[], file: string): boolean {
  const noun = toLetters(file);
  if (names.some((name) => [noun, `create${noun}`].includes(toLetters(name)))) {
    return !file.startsWith('create-');
  }
  // A conversion may be named after its result: toIdentity stands in identity.ts.
  if (names.some((name) => toLetters(name.replace(/^(to|from|is)(?=[A-Z])/, '')) === noun))
    return true;
  // Several functions of one noun, such as toEntityTag and fromEntityTags in entity-tag.ts.
  return names.filter((name) => toLetters(name).replace(/s$/, '').endsWith(noun)).length > 1;
}

const toLetters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function findFullFolders(sources: SourceFile[]): string[] {
  const counts = new Map<string, number>();
  for (const { path } of sources) {
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MAX_FILES)
    .map(([folder, count]) => `${folder} has ${count} source files: at most ${MAX_FILES}`);
}
