import versions from '../package.json' with { type: 'json' };

/** A framework to compare with. */
export type Peer = {
  /** Its folder in bench/contestants. */
  name: string;
  title: string;
  /** The module format in which it loads faster when unbundled; both were measured. */
  format: 'cjs' | 'esm';
  /** Files of its packages that it reads at run time: they are copied beside the bundle. */
  files?: string;
};

const at = (name: keyof typeof versions.dependencies) => `${name} ${versions.dependencies[name]}`;

/** The frameworks with which teams would otherwise write this API, each used as its documentation shows. */
export const peers: readonly Peer[] = [
  { name: 'openapi-backend', title: at('openapi-backend'), format: 'cjs' },
  {
    name: 'openapi-backend-quick',
    title: `${at('openapi-backend')}, quick`,
    format: 'cjs',
  },
  {
    name: 'openapi-backend-whole',
    title: `${at('openapi-backend')}, our contract`,
    format: 'cjs',
  },
  { name: 'hono', title: `Hono + ${at('@hono/zod-openapi')}`, format: 'cjs' },
  {
    name: 'fastify',
    title: `Fastify + ${at('fastify-openapi-glue')}`,
    format: 'cjs',
    files: '@seriousme/openapi-schema-validator/schemas',
  },
  { name: 'express', title: `Express + ${at('express-openapi-validator')}`, format: 'cjs' },
  {
    name: 'powertools',
    title: `Powertools ${versions.dependencies['@aws-lambda-powertools/event-handler']} + ${at('zod')}`,
    format: 'cjs',
  },
  { name: 'middy', title: `${at('@middy/core')} + Ajv`, format: 'esm' },
];
