import type { ImportOperation } from '../../gateway/import-document.ts';
import type { Cors } from '../contract.ts';

/** What a page on another origin may see of a reply. */
export const toCorsHeaders = ({ origin, exposeHeaders }: Cors): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': exposeHeaders.join(','),
});

const PREFLIGHT_SECONDS = 7200;

/** A browser's question before the request, answered by API Gateway itself (fact 38). */
export const toPreflight = (cors: Cors, methods: string[]): ImportOperation => {
  const headers = {
    ...toCorsHeaders(cors),
    'Access-Control-Allow-Headers': cors.allowHeaders.join(','),
    'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].join(','),
    'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
  };
  return {
    responses: {
      '204': {
        description: 'What the path allows',
        // Only a header that is declared can be mapped.
        headers: mapValues(headers, () => ({ schema: { type: 'string' } })),
      },
    },
    security: [],
    'x-amazon-apigateway-integration': {
      type: 'mock',
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
        },
      },
    },
  };
};

const mapValues = <Value, Result>(
  record: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
