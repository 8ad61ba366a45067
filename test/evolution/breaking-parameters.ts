import { resolveRef } from '../../openapi/resolve-ref.ts';
import type { Breaking, Editable } from './edit.ts';
import { parameter, parameterSchema, set } from './edit.ts';

/** Edits that break a dashboard's requests. */
export const BREAKING_PARAMETERS: Breaking[] = [
  [
    'a parameter is required that was not there',
    (c) =>
      c.paths['/events'].get.parameters.push({
        name: 'unit',
        in: 'query',
        required: true,
        schema: { type: 'string' },
      }),
    'new-required-request-parameter',
  ],
  [
    'a parameter becomes required',
    (c) => set(parameter(c, 'date'), { required: true }),
    'request-parameter-became-required',
  ],
  ['a parameter is taken no more', (c) => drop(c, 'order'), 'request-parameter-removed'],
  ['a header is taken no more', (c) => drop(c, 'If-None-Match'), 'request-parameter-removed'],
  [
    'a parameter moves',
    (c) => set(parameter(c, 'cursor'), { in: 'header' }),
    'request-parameter-removed',
  ],
  [
    'a choice is gone',
    (c) => set(parameterSchema(c, 'order'), { enum: ['desc'] }),
    'request-parameter-enum-value-removed',
  ],
  [
    'a maximum shrinks',
    (c) => set(parameterSchema(c, 'limit'), { maximum: 1000 }),
    'request-parameter-max-decreased',
  ],
  [
    'a minimum grows',
    (c) => set(parameterSchema(c, 'limit'), { minimum: 10 }),
    'request-parameter-min-increased',
  ],
  [
    'a default changes',
    (c) => set(parameterSchema(c, 'limit'), { default: 100 }),
    'request-parameter-default-value-changed',
  ],
  [
    'a default is gone',
    (c) => delete parameterSchema(c, 'order').default,
    'request-parameter-default-value-removed',
  ],
  [
    'a pattern of a parameter is narrowed',
    (c) => set(parameterSchema(c, 'since'), { pattern: '^2' }),
    'request-parameter-pattern-changed',
  ],
  [
    'a parameter loses its format',
    (c) => delete parameterSchema(c, 'limit').format,
    'the parameter limit has no format instead of int32',
  ],
  [
    'a parameter is serialised differently',
    (c) => set(parameter(c, 'limit'), { style: 'pipeDelimited' }),
    'the parameter limit is serialised differently',
  ],
  [
    'the key is sent otherwise',
    (c) => set(c.components.securitySchemes.apiKey, { name: 'authorization' }),
    'api-security-component-api-key-name-changed',
  ],
  [
    'what needed no key needs one',
    (c) => set(c.paths['/health'].get, { security: [{ apiKey: [] }] }),
    'GET /health',
  ],
  [
    'a key needs another scope',
    (c) => set(c.paths['/events'].post, { 'x-scope': 'admin' }),
    'x-scope',
  ],
  ['a key needs a scope', (c) => set(c.paths['/health'].get, { 'x-scope': 'read' }), 'x-scope'],
  [
    'pages may no longer send any header',
    (c) => set(c['x-cors'], { allowHeaders: ['X-Api-Key', 'Authorization'] }),
    'may no longer send *',
  ],
  ['pages see less', (c) => c['x-cors'].exposeHeaders.shift(), 'can no longer read Date'],
];

function drop(document: Editable, name: string): void {
  const { get } = document.paths['/events'];
  const dropped = parameter(document, name);
  get.parameters = get.parameters.filter(
    (one: Editable) => resolveRef<Editable>(document, one) !== dropped,
  );
}
