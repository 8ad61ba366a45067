import type { ImportOperation } from '../../gateway/import-document.ts';
import { toCorsHeaders } from '../../src/names/cors-headers.ts';
import type { Cors } from '../contract.ts';

// How long a browser may keep the reply to a preflight.
const PREFLIGHT_SECONDS = 7200;

/** The OPTIONS operation of a path: API Gateway itself answers CORS preflights (fact 38). */
export const toPreflight = (cors: Cors, methods: string[]): ImportOperation => {
  const [first = '*', ...others] = cors.origins;
  const headers = {
    ...toCorsHeaders(first, cors.exposeHeaders),
    'Access-Control-Allow-Headers': cors.allowHeaders.join(','),
    'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].join(','),
    'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    ...(others.length > 0 && { Vary: 'Origin' }),
  };
  return {
    responses: {
      '204': {
        description: 'The methods and headers that the path allows',
        // API Gateway can only map a declared header.
        headers: mapValues(headers, () => ({ schema: { type: 'string' } })),
      },
    },
    security: [],
    'x-amazon-apigateway-integration': {
      type: 'mock',
      // Of another content type: 415. By default, AWS would look for a status in the body, and answer 500 (fact 95).
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [
              `method.response.header.${name}`,
              `'${value}'`,
            ]),
          ),
          ...(others.length > 0 && {
            responseTemplates: { 'application/json': toOriginTemplate(others) },
          }),
        },
      },
    },
  };
};

/** Names the page's own origin instead of the first, if it is one of these (fact 38). */
const toOriginTemplate = (origins: string[]): string =>
  [
    '#set($origin = $input.params("Origin"))',
    '#if($origin == "") #set($origin = $input.params("origin")) #end',
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(' || ')})`,
    '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
    '#end',
  ].join('\n');

const mapValues = <Value, Result>(
  record: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
