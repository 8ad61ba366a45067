import type { ImportDocument, ImportOperation } from '../import-document.ts';
import { modelRules } from './model-rules.ts';
import type { Rule } from './rule.ts';

const STATUS = /^([1-5]\d\d|default)$/;
const SEGMENT = /^([A-Za-z0-9_\-.,:]+|\{[A-Za-z0-9_\-.,:]+\+?\})$/;
const MAX_DOCUMENT_BYTES = 6_291_456;
const MAX_MODELS_BYTES = 409_600;
const MAX_RESOURCES = 300;

export const rules: Rule[] = [
  {
    fact: 1,
    check: ({ openapi }) =>
      openapi === '3.0.1'
        ? []
        : [at('openapi', `is ${openapi}: write 3.0.1, API Gateway imports no 3.1`)],
  },
  {
    fact: 3,
    check: (document) => [
      ...tooMany('document', byteLength(document), MAX_DOCUMENT_BYTES, 'bytes'),
      ...tooMany(
        'components.schemas',
        byteLength(document.components.schemas),
        MAX_MODELS_BYTES,
        'bytes',
      ),
      ...tooMany('paths', countResources(document), MAX_RESOURCES, 'resources'),
    ],
  },
  onOperations(8, ({ 'x-amazon-apigateway-integration': integration }) =>
    integration ? [] : ['has no integration: add x-amazon-apigateway-integration'],
  ),
  {
    fact: 9,
    check: ({ paths }) =>
      Object.keys(paths)
        .filter(
          (path) =>
            path !== '/' &&
            !path
              .split('/')
              .slice(1)
              .every((part) => SEGMENT.test(part)),
        )
        .map((path) =>
          at(path, 'use letters, digits and _-.,: in a segment; a parameter is a whole segment'),
        ),
  },
  onOperations(11, ({ parameters = [] }) =>
    parameters
      .filter(({ in: place }) => !['query', 'header', 'path'].includes(place))
      .map(
        ({ name, in: place }) => `ignores parameter ${name} in ${place}: use query, header or path`,
      ),
  ),
  {
    fact: 12,
    check: ({ components }) =>
      Object.entries(components.securitySchemes)
        .filter(([, { type }]) => type !== 'apiKey')
        .map(([name]) => at(`securitySchemes.${name}`, 'must be of type apiKey, or an authorizer')),
  },
  ...modelRules,
  onOperations(16, ({ security }) =>
    Array.isArray(security)
      ? []
      : ['has no security of its own: write it here, [] for none; the root is not used'],
  ),
  onOperations(18, ({ responses }) =>
    Object.keys(responses)
      .filter((status) => !STATUS.test(status))
      .map((status) => `has the response ${status}: write each status, ranges are not supported`),
  ),
  onOperations(19, ({ parameters = [], 'x-amazon-apigateway-integration': integration }) => {
    const names = parameters.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    const timeout = integration?.type === 'aws_proxy' ? integration.timeoutInMillis : 29_000;
    return [
      ...twice.map(
        (name) =>
          `has two parameters called ${name}: rename one, query, header and path share names`,
      ),
      ...(timeout >= 50 && timeout <= 29_000
        ? []
        : [`times out after ${timeout} ms: write 50 to 29000`]),
    ];
  }),
  onOperations(20, ({ requestBody }) =>
    Object.entries(requestBody?.content ?? {})
      .filter(([, { schema }]) => typeof schema.$ref !== 'string')
      .map(([type]) => `has an inline ${type} body: name the schema in components and use a $ref`),
  ),
  onOperations(26, ({ requestBody }) =>
    Object.keys(requestBody?.content ?? {})
      .filter((type) => type !== type.toLowerCase() || type.includes(';') || type.includes('*'))
      .map((type) => `has a body of ${type}: write one plain media type, others are not validated`),
  ),
  onOperations(33, ({ 'x-amazon-apigateway-integration': integration }) =>
    integration?.type === 'aws_proxy' && integration.httpMethod !== 'POST'
      ? ['calls Lambda with another method: httpMethod is always POST']
      : [],
  ),
  {
    fact: 34,
    check: (document) =>
      onOperations(34, ({ 'x-amazon-apigateway-request-validator': name }) =>
        name && !document['x-amazon-apigateway-request-validators'][name]
          ? [`names the validator ${name}, which is not there`]
          : [],
      ).check(document),
  },
  {
    fact: 35,
    check: ({ 'x-amazon-apigateway-gateway-responses': responses }) =>
      Object.entries(responses).flatMap(([type, response]) => [
        ...(type.startsWith('DEFAULT_') && response.statusCode !== undefined
          ? [at(type, 'sets a status, which replaces every other: leave it out')]
          : []),
        ...(type === 'REQUEST_TOO_LARGE' ? [at(type, 'cannot be changed: leave it out')] : []),
        ...(isJsonTemplate(response.responseTemplates['application/json'])
          ? []
          : [at(type, 'has a template that gives no JSON; messageString brings its own quotes')]),
      ]),
  },
  onOperations(36, ({ security }, { components }) =>
    (security ?? [])
      .flatMap(Object.keys)
      .filter((name) => components.securitySchemes[name]?.name !== 'x-api-key')
      .map(
        (name) => `asks for ${name}: only an apiKey scheme called x-api-key makes the key required`,
      ),
  ),
  {
    fact: 37,
    check: (document) =>
      'x-amazon-apigateway-binary-media-types' in document
        ? [
            at(
              'x-amazon-apigateway-binary-media-types',
              'leave it out: JSON would arrive as base64',
            ),
          ]
        : [],
  },
  onOperations(38, ({ responses, 'x-amazon-apigateway-integration': integration }) =>
    integration?.type !== 'mock'
      ? []
      : Object.keys(integration.responses.default.responseParameters)
          .map((name) => name.replace('method.response.header.', ''))
          .filter((name) => !responses[integration.responses.default.statusCode]?.headers?.[name])
          .map((name) => `maps the header ${name}: declare it in the response too`),
  ),
];

/** A rule on each operation, given as what is wrong with one. */
function onOperations(
  fact: number,
  complain: (operation: ImportOperation, document: ImportDocument) => string[],
): Rule {
  return {
    fact,
    check: (document) =>
      Object.entries(document.paths).flatMap(([path, item]) =>
        Object.entries(item).flatMap(([method, operation]) =>
          complain(operation, document).map((message) => at(`${method} ${path}`, message)),
        ),
      ),
  };
}

const at = (place: string, message: string) => ({ place, message });

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const tooMany = (place: string, actual: number, limit: number, unit: string) =>
  actual <= limit ? [] : [at(place, `has ${actual} ${unit}, ${limit} are allowed`)];

/** With those that API Gateway makes for the segments between. */
function countResources({ paths }: ImportDocument): number {
  const resources = new Set(['/']);
  for (const path of Object.keys(paths)) {
    const parts = path.split('/').slice(1);
    for (const index of parts.keys()) resources.add(parts.slice(0, index + 1).join('/'));
  }
  return resources.size;
}

function isJsonTemplate(template = '{}'): boolean {
  try {
    const filled = template.replaceAll('$context.error.messageString', '"text"');
    JSON.parse(filled.replaceAll(/\$context\.[\w.]+/g, 'text'));
    return true;
  } catch {
    return false;
  }
}
