import type { Api } from '../document/api.ts';
import { isRecord, toJsonPointer } from '../document/cursor.ts';
import { findTemplateFunctions } from './find-template-functions.ts';
import type { Complaint, Rule } from './rule.ts';
import { refuses, weakens } from './rule.ts';

const SEGMENT = /^([A-Za-z0-9_\-.,:]+|\{[A-Za-z0-9_\-.,:]+\+?\})$/;
const MAX_DOCUMENT_BYTES = 6_291_456;
const MAX_MODELS_BYTES = 409_600;
const MAX_RESOURCES = 300;
const MAX_COMPRESSION_SIZE = 10_485_760;
const JSON_TYPES = ['*/*', 'application/json', 'application/*'];

/** Rules on the document as a whole: version, size, paths, security schemes, settings. */
export const documentRules: Rule[] = [
  refuses(1, ({ document, version }) => {
    const key = 'openapi' in document ? '/openapi' : '/swagger';
    if (/^3\.0\.\d+$/.test(version) || (key === '/swagger' && /^2(\.0)?$/.test(version))) return [];
    return version
      ? [at(key, `is ${version}: write 3.0.1; API Gateway imports only 2.0 and 3.0`)]
      : [at('', 'has no version: add openapi 3.0.1')];
  }),
  refuses(3, ({ document, models, modelsPlace, paths }) => [
    ...tooMany('', byteLength(document), MAX_DOCUMENT_BYTES, 'bytes'),
    ...tooMany(modelsPlace, byteLength(Object.fromEntries(models)), MAX_MODELS_BYTES, 'bytes'),
    ...tooMany('/paths', countResources(paths), MAX_RESOURCES, 'resources'),
  ]),
  refuses(9, ({ paths }) =>
    paths
      .filter(({ resource }) => !isPath(resource))
      .map(({ place }) =>
        at(
          place,
          'is no path: begin with a slash, and use only letters, digits and _-.,: in a segment; a parameter is a whole segment',
        ),
      ),
  ),
  refuses(9, ({ paths }) =>
    paths
      .filter(({ resource }) => /\+\}./.test(resource))
      .map(({ place }) => at(place, 'has a segment after a greedy variable, which must be last')),
  ),
  refuses(81, findSiblings),
  refuses(81, ({ paths }) =>
    paths
      .filter(({ resource }) => resource.length > 1 && resource.endsWith('/'))
      .filter((path) => paths.some(({ resource }) => `${resource}/` === path.resource))
      .map(({ place }) => at(place, 'is also there without its slash: they are one resource')),
  ),
  refuses(106, ({ document, methods }) =>
    methods.length === 0 && isRecord(document.paths ?? {})
      ? [at('/paths', 'has no methods: without one, an API cannot be deployed')]
      : [],
  ),
  weakens(12, ({ securitySchemes }) =>
    [...securitySchemes.values()]
      .filter(({ type, authorizer }) => type !== 'apiKey' && !authorizer)
      .map(({ place, type }) =>
        at(place, `has the type ${type}: it must be apiKey, or have an authorizer`),
      ),
  ),
  refuses(36, ({ keySource }) =>
    keySource === undefined || ['HEADER', 'AUTHORIZER'].includes(keySource)
      ? []
      : [at('/x-amazon-apigateway-api-key-source', `is ${keySource}: write HEADER or AUTHORIZER`)],
  ),
  refuses(37, ({ minimumCompressionSize: size }) =>
    size === undefined || (Number.isInteger(size) && size >= 0 && size <= MAX_COMPRESSION_SIZE)
      ? []
      : [
          at(
            '/x-amazon-apigateway-minimum-compression-size',
            `is ${size}: write 0 to ${MAX_COMPRESSION_SIZE} bytes`,
          ),
        ],
  ),
  weakens(37, ({ binaryMediaTypes }) =>
    binaryMediaTypes
      .map((type, index) => ({ type, index }))
      .filter(({ type }) => JSON_TYPES.includes(type.toLowerCase()))
      .map(({ type, index }) =>
        at(
          `/x-amazon-apigateway-binary-media-types/${index}`,
          `is ${type}: JSON would arrive as base64, and not be validated`,
        ),
      ),
  ),
  weakens(37, ({ binaryMediaTypes }) =>
    binaryMediaTypes
      .map((type, index) => ({ type, index }))
      .filter(({ type }) => !/^[^\s/]+\/[^\s/]+$/.test(type))
      .map(({ type, index }) =>
        at(`/x-amazon-apigateway-binary-media-types/${index}`, `is ${type}: write a media type`),
      ),
  ),
  refuses(86, ({ document }) => findTemplateFunctions(document)),
];

const at = (place: string, message: string): Complaint => ({ place, message });

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const tooMany = (place: string, actual: number, limit: number, unit: string): Complaint[] =>
  actual <= limit ? [] : [at(place, `has ${actual} ${unit}; at most ${limit} are allowed`)];

const isPath = (resource: string): boolean =>
  resource === '/' || (resource.startsWith('/') && toSegments(resource).every(isSegment));

/** A trailing slash is no segment. */
const toSegments = (resource: string): string[] => resource.replace(/\/$/, '').split('/').slice(1);

const isSegment = (part: string): boolean => SEGMENT.test(part);

/** Counts the intermediate resources too, which API Gateway creates for the segments of a path. */
function countResources(paths: Api['paths']): number {
  const resources = new Set(['/']);
  for (const { resource } of paths) {
    const parts = resource.split('/').slice(1);
    for (const index of parts.keys()) resources.add(parts.slice(0, index + 1).join('/'));
  }
  return resources.size;
}

/** Finds variables that stand in the same place of two paths, but have different names. */
function findSiblings({ paths }: Api): Complaint[] {
  const first = new Map<string, { variable: string; resource: string }>();
  const complaints = new Map<string, Complaint>();
  for (const { resource } of paths) {
    const segments = toSegments(resource);
    for (const [index, variable] of segments.entries()) {
      if (!variable.startsWith('{')) continue;
      const parent = segments.slice(0, index).join('/');
      const known = first.get(parent) ?? { variable, resource };
      first.set(parent, known);
      if (known.variable === variable) continue;
      const message = `has ${variable} where ${known.resource} has ${known.variable}: use one name`;
      complaints.set(resource, at(toJsonPointer('paths', resource), message));
    }
  }
  return [...complaints.values()];
}
