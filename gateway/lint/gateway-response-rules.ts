import { toJsonPointer } from '../document/cursor.ts';
import { mappingExpressions } from './mapping-expressions.ts';
import type { Rule } from './rule.ts';
import { refuses, weakens } from './rule.ts';

/** The types of AWS's page `supported-gateway-response-types` (fact 83). */
const TYPES = new Set([
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
]);

const { isTarget, isValue } = mappingExpressions.gatewayResponse;

/** Rules on the replies to errors that API Gateway itself detects. */
export const gatewayResponseRules: Rule[] = [
  refuses(83, ({ gatewayResponses }) =>
    [...gatewayResponses]
      .filter(([type]) => !TYPES.has(type))
      .map(([, { place }]) => ({ place, message: 'is no type of gateway response' })),
  ),
  refuses(83, ({ gatewayResponses }) =>
    [...gatewayResponses.values()]
      .filter(({ statusCode }) => statusCode !== undefined && !/^[1-5]\d\d$/.test(statusCode))
      .map(({ place, statusCode }) => ({
        place: `${place}/statusCode`,
        message: `is ${statusCode}: write a status of three digits`,
      })),
  ),
  refuses(84, ({ gatewayResponses }) =>
    [...gatewayResponses.values()].flatMap(({ place, responseParameters }) =>
      [...responseParameters].flatMap(([target, value]) => {
        const at = `${place}/responseParameters${toJsonPointer(target)}`;
        if (!isTarget(target)) {
          return [{ place: at, message: 'is no target: write gatewayresponse.header.NAME' }];
        }
        return isValue(value)
          ? []
          : [{ place: at, message: `maps ${value}: write a constant in single quotes` }];
      }),
    ),
  ),
  weakens(35, ({ gatewayResponses }) =>
    [...gatewayResponses].flatMap(([type, { place, statusCode, responseTemplates }]) => [
      ...(type.startsWith('DEFAULT_') && statusCode !== undefined
        ? [{ place, message: 'sets a status, which replaces every other: remove it' }]
        : []),
      ...(type === 'REQUEST_TOO_LARGE'
        ? [{ place, message: 'cannot be customised: remove it' }]
        : []),
      ...(isJsonTemplate(responseTemplates.get('application/json'))
        ? []
        : [
            {
              place,
              message: 'has a template that is not JSON; messageString includes its own quotes',
            },
          ]),
    ]),
  ),
];

function isJsonTemplate(template = '{}'): boolean {
  try {
    const filled = template.replaceAll('$context.error.messageString', '"text"');
    JSON.parse(filled.replaceAll(/\$(context|stageVariables|method)\.[\w.]+/g, 'text'));
    return true;
  } catch {
    return false;
  }
}
