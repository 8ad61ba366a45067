import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** The driver asks for these and does without; none may slip in because something else installed it. */
const OPTIONAL = [
  '@mongodb-js/zstd',
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
];

/** openapi-backend loads these for what is done when the contract is generated, or never. */
const UNUSED = [
  '@apidevtools/json-schema-ref-parser',
  'ajv',
  'dereference-json-schema',
  'mock-json-schema',
  'openapi-schema-validator',
];

/** Loaded only once something of theirs is used; an ordinary request uses nothing of them. */
const LAZY = [
  // For a user with a password; ours is a role.
  '@mongodb-js/saslprep',
  // For the keys to encrypted fields.
  'fs/promises',
  // For who a machine of another cloud is.
  'http',
  // For a query that comes as text; ours comes as API Gateway took it apart.
  'qs',
  // For compressed traffic with the database.
  'zlib',
];

/** Who asks for an optional module is told at once, as where it is not installed. */
const toMissing = (name: string): string => `
  throw Object.assign(new Error('${name} is left out of this bundle'), { code: 'MODULE_NOT_FOUND' });
`;

/** Loads, lets itself be passed on and bound, and throws as soon as it is called. */
const toUnused = (name: string): string => `
  const refuse = () => { throw new Error('${name} is left out of this bundle: nothing was to call it'); };
  const get = (_, key) => (key === 'bind' ? () => standIn : standIn);
  const standIn = new Proxy(function () {}, { get, apply: refuse, construct: refuse });
  module.exports = standIn;
`;

const toLazy = (name: string): string => `
  module.exports = new Proxy({}, { get: (_, key) => require('whole:${name}')[key] });
`;

const LEAN_LODASH = fileURLToPath(new URL('lean-lodash.ts', import.meta.url));

/** Puts something small in the place of what the function never, or hardly, runs. */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    const contents = new Map([
      ...OPTIONAL.map((name) => [name, toMissing(name)] as const),
      ...UNUSED.map((name) => [name, toUnused(name)] as const),
      ...LAZY.map((name) => [name, toLazy(name)] as const),
      // Node's own is of the same standard, without its 230 kB of tables for domain names.
      ['whatwg-url', 'module.exports = { URL, URLSearchParams };'],
    ]);
    const { resolve } = createRequire(import.meta.url);
    onResolve({ filter: /^lodash$/ }, () => ({ path: LEAN_LODASH }));
    onResolve({ filter: /^whole:/ }, ({ path }) => {
      const name = path.slice('whole:'.length);
      return isBuiltin(name) ? { path: `node:${name}`, external: true } : { path: resolve(name) };
    });
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      contents.has(path) ? { path, namespace: 'stand-in' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: contents.get(path) ?? '',
    }));
  },
};
