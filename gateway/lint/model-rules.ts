import type { Api, Model } from '../document/api.ts';
import { isRecord, toJsonPointer } from '../document/cursor.ts';
import { findForeignEscapes, findSchemaFaults } from './find-schema-faults.ts';
import type { Complaint, Effect, Rule } from './rule.ts';
import { refuses } from './rule.ts';

const UNSUPPORTED = new Set([
  'discriminator',
  'example',
  'nullable',
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
  refuses(10, ({ models, modelsPlace }) =>
    [...models.keys()]
      .filter((name) => !/^[A-Za-z0-9]+$/.test(name))
      .map((name) => ({
        place: `${modelsPlace}${toJsonPointer(name)}`,
        message: 'is not a valid model name: use letters and digits only',
      })),
  ),
  onSchemas(13, 'weakened', (schema) =>
    Object.keys(schema)
      .filter((keyword) => UNSUPPORTED.has(keyword) || isNewBound(schema, keyword))
      .map(
        (keyword) =>
          `uses ${keyword}, which models do not support: use a keyword of draft 4, or leave the check to the function`,
      ),
  ),
  onSchemas(14, 'weakened', (schema) =>
    ['oneOf', 'anyOf', 'allOf']
      .filter((keyword) => Array.isArray(schema[keyword]))
      .filter((keyword) => JSON.stringify(schema[keyword]).includes('"$ref"'))
      .map((keyword) => `has a $ref in ${keyword}: write the schema inline`),
  ),
  {
    fact: 20,
    effect: 'weakened',
    check: (api) =>
      onSchemas(20, 'weakened', ({ $ref }) => findReferenceFault($ref, api)).check(api),
  },
  onSchemas(22, 'weakened', ({ format, pattern }) => {
    if (typeof format !== 'string' || FORMATS.has(format) || pattern) return [];
    return format === 'date'
      ? ['has the format date, which fails every request on AWS: write a pattern']
      : [`has the format ${format}, which models do not support: write a pattern, or leave it out`];
  }),
  onSchemas(23, 'weakened', ({ $schema }) =>
    typeof $schema !== 'string' || $schema === 'http://json-schema.org/draft-04/schema#'
      ? []
      : ['has a $schema that is not draft 4, which can fail every request: remove it'],
  ),
  onSchemas(82, 'refused', findSchemaFaults),
  onSchemas(82, 'weakened', findForeignEscapes),
];

/** In draft 4, and in OpenAPI 3.0, an exclusive bound is true or false. */
const isNewBound = (schema: Model, keyword: string): boolean =>
  /^exclusive(Min|Max)imum$/.test(keyword) && typeof schema[keyword] === 'number';

function findReferenceFault($ref: unknown, { models, modelsPlace }: Api): string[] {
  if (typeof $ref !== 'string') return [];
  const prefix = `#${modelsPlace}/`;
  if (!$ref.startsWith(prefix)) {
    return [`refers to ${$ref}: a model can only refer to another one, below ${prefix}`];
  }
  return models.has($ref.slice(prefix.length))
    ? []
    : [`refers to ${$ref}, which does not exist: API Gateway would ignore the reference`];
}

/** A rule that checks every schema within the models, the bodies and the responses; `complain` returns the faults of one. */
function onSchemas(fact: number, effect: Effect, complain: (schema: Model) => string[]): Rule {
  const walk = (place: string, schema: Model): Complaint[] => [
    ...complain(schema).map((message) => ({ place, message })),
    // Draft 4 ignores the siblings of a $ref.
    ...(typeof schema.$ref === 'string' ? [] : toChildren(schema)).flatMap(([steps, child]) =>
      walk(`${place}${steps}`, child),
    ),
  ];
  return {
    fact,
    effect,
    check: ({ models, modelsPlace, methods }) => [
      ...[...models].flatMap(([name, schema]) =>
        walk(`${modelsPlace}${toJsonPointer(name)}`, schema),
      ),
      ...methods
        .flatMap(({ body, responses }) => [
          ...(body?.values() ?? []),
          ...[...responses.values()].flatMap(({ schemas }) => schemas),
        ])
        .flatMap(({ place, schema }) => (isRecord(schema) ? walk(place, schema) : [])),
    ],
  };
}

function toChildren(schema: Model): [steps: string, child: Model][] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? schema[keyword].map((child, index) => [toJsonPointer(keyword, index), child] as const)
      : [],
  );
  const single = ['items', 'not', 'additionalProperties'].map(
    (keyword) => [toJsonPointer(keyword), schema[keyword]] as const,
  );
  const members = ['properties', 'patternProperties', 'definitions', 'dependencies'].flatMap(
    (keyword) =>
      Object.entries(isRecord(schema[keyword]) ? schema[keyword] : {}).map(
        ([name, child]) => [toJsonPointer(keyword, name), child] as const,
      ),
  );
  return [...members, ...lists, ...single].flatMap(([steps, child]) =>
    isRecord(child) ? [[steps, child]] : [],
  );
}
