import type { Integration, Method } from '../document/api.ts';
import { toJsonPointer } from '../document/cursor.ts';
import { mappingExpressions } from './mapping-expressions.ts';
import { hasVariable } from './method-rules.ts';
import { onIntegrations } from './on-integrations.ts';
import type { Rule } from './rule.ts';

const MAX_TEMPLATE_BYTES = 307_200;
const PART = /^method\.request\.(path|(?:multivalue)?(?:querystring|header))\.(.+)$/;

const { request } = mappingExpressions;

/** Rules on how a request becomes that of an integration. */
export const requestMappingRules: Rule[] = [
  onIntegrations(84, 'refused', ({ requestParameters }) =>
    [...requestParameters].flatMap(([target, value]): [string, string][] =>
      request.isTarget(target) && request.isValue(value)
        ? []
        : [
            [
              `requestParameters${toJsonPointer(target)}`,
              `maps ${value}: map method.request.header.NAME and its like, or a constant in single quotes, to integration.request.header.NAME`,
            ],
          ],
    ),
  ),
  onIntegrations(102, 'refused', ({ requestParameters }, method) =>
    [...requestParameters]
      .filter(([, value]) => !isDeclared(value, method))
      .map(([target, value]) => [
        `requestParameters${toJsonPointer(target)}`,
        `maps ${value}: declare it among the parameters of the method`,
      ]),
  ),
  onIntegrations(102, 'refused', ({ cacheKeyParameters, requestParameters }, method) =>
    cacheKeyParameters
      .map((key, index) => ({ key, index }))
      .filter(
        ({ key }) => !requestParameters.has(key) && !(PART.test(key) && isDeclared(key, method)),
      )
      .map(({ key, index }) => [
        `cacheKeyParameters/${index}`,
        `is ${key}: write method.request.querystring.NAME or its like, which the method declares`,
      ]),
  ),
  onIntegrations(104, 'weakened', (integration) =>
    findVariables(integration)
      .filter((name) => !integration.requestParameters.has(`integration.request.path.${name}`))
      .map((name) => [
        'uri',
        `has {${name}}, which nothing fills: add integration.request.path.${name} to requestParameters`,
      ]),
  ),
  onIntegrations(3, 'refused', ({ requestTemplates, responses }) => [
    ...findLargeTemplates('requestTemplates', requestTemplates),
    ...[...responses].flatMap(([pattern, { responseTemplates }]) =>
      findLargeTemplates(
        `responses${toJsonPointer(pattern, 'responseTemplates')}`,
        responseTemplates,
      ),
    ),
  ]),
];

/** Whether the method has the parameter of an expression, or the expression is of no parameter. A path's need no declaration (fact 32). */
function isDeclared(expression: string, { resource, parameters }: Method): boolean {
  const [, section, name = ''] = PART.exec(expression) ?? [];
  if (section === undefined) return true;
  const has = (place: string, isName: (text: string) => boolean): boolean =>
    parameters.some((parameter) => parameter.in === place && isName(parameter.name));
  if (section === 'path')
    return hasVariable(resource, name) || has('path', (text) => text === name);
  return section.endsWith('querystring')
    ? has('query', (text) => text === name)
    : has('header', (text) => text.toLowerCase() === name.toLowerCase());
}

/** The variables in braces of an address; those of the stage and of AWS have a dollar. */
const findVariables = ({ uri = '' }: Integration): string[] => [
  ...new Set([...uri.matchAll(/(?<!\$)\{([^{}]+)\}/g)].map(([, name = '']) => name)),
];

const findLargeTemplates = (section: string, templates: Map<string, string>): [string, string][] =>
  [...templates]
    .filter(([, template]) => Buffer.byteLength(template) > MAX_TEMPLATE_BYTES)
    .map(([type, template]) => [
      `${section}${toJsonPointer(type)}`,
      `has ${Buffer.byteLength(template)} bytes; at most ${MAX_TEMPLATE_BYTES} are allowed`,
    ]);
