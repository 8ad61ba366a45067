import { fileURLToPath } from 'node:url';
import type { Options } from 'ajv';
import { _, Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { addFormats } from './formats.ts';

export type SchemaSet = { schemas: Record<string, object>; options: Options };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Compiles schemas to Ajv validators; returns the text of a module that imports nothing.
 * @param entry the module's source, which imports validators by name from `validators:<set>`
 * @see https://ajv.js.org/standalone.html
 */
export const compileValidators = async (
  sets: Record<string, SchemaSet>,
  entry: string,
): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    // Ajv writes CommonJS inside the validators.
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    // Ignores tsconfig.json.
    tsconfigRaw: {},
    write: false,
    plugins: [
      {
        name: 'validators',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^validators:/ }, ({ path }) => ({ path, namespace: 'validators' }));
          onLoad({ filter: /.*/, namespace: 'validators' }, ({ path }) => ({
            contents: compile(sets[path.replace('validators:', '')]),
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
};

// Removed, since errors contain their whole schema (`verbose`), for its `x-rule`.
const PROSE = new Set(['description', 'example', 'title']);

function compile({ schemas, options }: SchemaSet = { schemas: {}, options: {} }): string {
  const formats = _`require("./scripts/generate/formats.ts").formats`;
  const ajv = addFormats(
    new Ajv({ strict: false, ...options, code: { source: true, esm: true, formats } }),
  );
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(withoutProse(schema), name);
  const names = Object.keys(schemas).map((name) => [name, name]);
  return standaloneCode.default(ajv, Object.fromEntries(names));
}

const withoutProse = (node: object, isNames = false): object => {
  if (Array.isArray(node)) return node.map((item) => withoutAny(item, false));
  const kept = Object.entries(node).filter(([key, value]) => isNames || !isProse(key, value));
  return Object.fromEntries(
    // Below `properties` are names: one may be `title`, `example` or `properties`.
    kept.map(([key, value]) => [key, withoutAny(value, key === 'properties' && !isNames)]),
  );
};

const withoutAny = (value: unknown, isNames: boolean): unknown =>
  typeof value === 'object' && value !== null ? withoutProse(value, isNames) : value;

const isProse = (key: string, value: unknown): boolean =>
  PROSE.has(key) && (key === 'example' || typeof value === 'string');
