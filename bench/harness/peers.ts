import versions from '../package.json' with { type: 'json' };

export type Peer = {
  /** Its folder. */
  name: string;
  title: string;
  /** What it loads faster in, unbundled: each was tried in both. */
  format: 'cjs' | 'esm';
  /** Files of its packages that it reads at run time, which must go with the bundle. */
  files?: string;
};

const at = (name: keyof typeof versions.dependencies) => `${name} ${versions.dependencies[name]}`;

/** What teams would otherwise write this API with, each as its own documentation shows. */
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
