import type { ImportDocument } from '../import-document.ts';
import type { Rule } from './rule.ts';

const SEGMENT = /^([A-Za-z0-9_\-.,:]+|\{[A-Za-z0-9_\-.,:]+\+?\})$/;
const MAX_DOCUMENT_BYTES = 6_291_456;
const MAX_MODELS_BYTES = 409_600;
const MAX_RESOURCES = 300;

/** Rules on the document as a whole: version, size, paths, security schemes, gateway responses. */
export const documentRules: Rule[] = [
  {
    fact: 1,
    check: ({ openapi }) =>
      openapi === '3.0.1'
        ? []
        : [at('openapi', `is ${openapi}: write 3.0.1; API Gateway cannot import 3.1`)],
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
          at(
            path,
            'use only letters, digits and _-.,: in a segment; a parameter is a whole segment',
          ),
        ),
  },
  {
    fact: 12,
    check: ({ components }) =>
      Object.entries(components.securitySchemes)
        .filter(([, { type }]) => type !== 'apiKey')
        .map(([name]) =>
          at(`securitySchemes.${name}`, 'must be of the type apiKey, or use an authorizer'),
        ),
  },
  {
    fact: 35,
    check: ({ 'x-amazon-apigateway-gateway-responses': responses }) =>
      Object.entries(responses).flatMap(([type, response]) => [
        ...(type.startsWith('DEFAULT_') && response.statusCode !== undefined
          ? [at(type, 'sets a status, which replaces every other: remove it')]
          : []),
        ...(type === 'REQUEST_TOO_LARGE' ? [at(type, 'cannot be customised: remove it')] : []),
        ...(isJsonTemplate(response.responseTemplates['application/json'])
          ? []
          : [at(type, 'has a template that is not JSON; messageString includes its own quotes')]),
      ]),
  },
  {
    fact: 37,
    check: (document) =>
      'x-amazon-apigateway-binary-media-types' in document
        ? [at('x-amazon-apigateway-binary-media-types', 'remove it: JSON would arrive as base64')]
        : [],
  },
];

const at = (place: string, message: string) => ({ place, message });

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const tooMany = (place: string, actual: number, limit: number, unit: string) =>
  actual <= limit ? [] : [at(place, `has ${actual} ${unit}; at most ${limit} are allowed`)];

/** Counts the intermediate resources too, which API Gateway creates for the segments of a path. */
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
