import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/** The driver tries to load these, and works without; another package that installs one must not add it. */
const OPTIONAL = [
  '@mongodb-js/zstd',
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
];

/** Loaded, and never used. */
const UNUSED = [
  // openapi-backend parses a query that is text; API Gateway has parsed ours.
  'qs',
];

/** Loaded at the first use, which an ordinary request never makes. */
const LAZY = [
  // For a user with a password; ours is a role.
  '@mongodb-js/saslprep',
  // For the keys of encrypted fields.
  'fs/promises',
  // For the identity of a machine of another cloud.
  'http',
  // For compressed traffic with the database.
  'zlib',
];

/** Throws when it is loaded, like a module that is not installed. */
const toMissing = (name: string): string => `
  throw Object.assign(new Error('${name} is left out of this bundle'), { code: 'MODULE_NOT_FOUND' });
`;

/** Throws when anything of it is read. */
const toUnused = (name: string): string => `
  const get = () => { throw new Error('${name} is left out of this bundle: see scripts/bundle/stand-ins.ts'); };
  module.exports = new Proxy({}, { get });
`;

const toLazy = (name: string): string => `
  module.exports = new Proxy({}, { get: (_, key) => require('whole:${name}')[key] });
`;

const LEAN_LODASH = fileURLToPath(new URL('lean-lodash.ts', import.meta.url));

/** Replaces modules that the function never or hardly ever runs with something small. */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    const contents = new Map([
      ...OPTIONAL.map((name) => [name, toMissing(name)] as const),
      ...UNUSED.map((name) => [name, toUnused(name)] as const),
      ...LAZY.map((name) => [name, toLazy(name)] as const),
      // Node's own follows the same standard, without 230 kB of tables for domain names.
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
