import type { ImportDocument, Model } from '../import-document.ts';
import type { Rule } from './rule.ts';

const UNSUPPORTED = new Set([
  'discriminator',
  'example',
  'nullable',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'readOnly',
  'writeOnly',
  'default',
  'deprecated',
  'const',
  'if',
  'xml',
  'externalDocs',
]);
const FORMATS = new Set(['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri']);

/** Rules on what API Gateway's models, which are JSON Schema draft 4, cannot express. */
export const modelRules: Rule[] = [
  {
    fact: 10,
    check: ({ components }) =>
      Object.keys(components.schemas)
        .filter((name) => !/^[A-Za-z0-9]+$/.test(name))
        .map((name) => ({
          place: name,
          message: 'is not a valid model name: use letters and digits only',
        })),
  },
  onSchemas(13, (schema) =>
    Object.keys(schema)
      .filter((keyword) => UNSUPPORTED.has(keyword))
      .map(
        (keyword) =>
          `uses ${keyword}, which models do not support: use a keyword of draft 4, or leave the check to the router`,
      ),
  ),
  onSchemas(14, (schema) =>
    ['oneOf', 'anyOf', 'allOf']
      .filter((keyword) => Array.isArray(schema[keyword]))
      .filter((keyword) => JSON.stringify(schema[keyword]).includes('"$ref"'))
      .map((keyword) => `has a $ref in ${keyword}: write the schema inline`),
  ),
  {
    fact: 20,
    check: (document) =>
      onSchemas(20, ({ $ref }) =>
        typeof $ref !== 'string' || document.components.schemas[$ref.replace(PREFIX, '')]
          ? []
          : [`refers to ${$ref}, which does not exist: API Gateway would ignore the reference`],
      ).check(document),
  },
  onSchemas(22, ({ format, pattern }) =>
    typeof format !== 'string' || FORMATS.has(format) || pattern
      ? []
      : [`has the format ${format}, which fails every request on AWS: write a pattern`],
  ),
  onSchemas(23, ({ $schema }) =>
    $schema === undefined ? [] : ['has a $schema, which can fail every request: remove it'],
  ),
];

const PREFIX = '#/components/schemas/';

/** A rule that checks every schema within the models; `complain` returns the faults of one. */
function onSchemas(fact: number, complain: (schema: Model) => string[]): Rule {
  const walk = (place: string, schema: Model): { place: string; message: string }[] => [
    ...complain(schema).map((message) => ({ place, message })),
    ...toChildren(schema).flatMap(([step, child]) => walk(`${place}/${step}`, child)),
  ];
  return {
    fact,
    check: ({ components }: ImportDocument) =>
      Object.entries(components.schemas).flatMap(([name, schema]) => walk(name, schema)),
  };
}

function toChildren(schema: Model): [string, Model][] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? schema[keyword].map((child, index): [string, unknown] => [`${keyword}/${index}`, child])
      : [],
  );
  const single = ['items', 'not', 'additionalProperties'].map((keyword): [string, unknown] => [
    keyword,
    schema[keyword],
  ]);
  const all = [...Object.entries(schema.properties ?? {}), ...lists, ...single];
  return all.filter(
    (child): child is [string, Model] => typeof child[1] === 'object' && child[1] !== null,
  );
}
