import type { Integration } from '../document/api.ts';
import { toJsonPointer } from '../document/cursor.ts';
import { isStreamUri } from './find-uri-fault.ts';
import { mappingExpressions } from './mapping-expressions.ts';
import { onIntegrations, onResponses } from './on-integrations.ts';
import type { Rule } from './rule.ts';

const TYPES = ['aws', 'aws_proxy', 'http', 'http_proxy', 'mock'];
const PASSTHROUGHS = ['when_no_match', 'when_no_templates', 'never'];
const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

const { reply } = mappingExpressions;

/** Rules on the integrations of the methods. */
export const integrationRules: Rule[] = [
  onIntegrations(85, 'refused', ({ type }) =>
    TYPES.includes(type) ? [] : [['type', `is ${type}: write one of ${TYPES.join(', ')}`]],
  ),
  onIntegrations(85, 'refused', ({ passthroughBehavior: passthrough = 'never' }) =>
    PASSTHROUGHS.includes(passthrough.toLowerCase())
      ? []
      : [
          [
            'passthroughBehavior',
            `is ${passthrough}: write one of ${PASSTHROUGHS.join(', ')}, or leave it out`,
          ],
        ],
  ),
  onIntegrations(85, 'refused', ({ connectionType = 'INTERNET' }) =>
    ['INTERNET', 'VPC_LINK'].includes(connectionType.toUpperCase())
      ? []
      : [['connectionType', `is ${connectionType}: write INTERNET or VPC_LINK`]],
  ),
  onIntegrations(85, 'refused', ({ contentHandling = 'CONVERT_TO_TEXT' }) =>
    ['CONVERT_TO_TEXT', 'CONVERT_TO_BINARY'].includes(contentHandling)
      ? []
      : [['contentHandling', `is ${contentHandling}: write CONVERT_TO_TEXT or CONVERT_TO_BINARY`]],
  ),
  onIntegrations(85, 'refused', ({ type, httpMethod }) => {
    if (type === 'mock') return [];
    if (httpMethod === undefined) return [['httpMethod', 'is missing: add it']];
    return METHODS.includes(httpMethod.toUpperCase())
      ? []
      : [['httpMethod', `is ${httpMethod}: write one of ${METHODS.join(', ')}`]];
  }),
  onIntegrations(19, 'refused', (integration) => {
    const { timeoutInMillis: timeout = 29_000 } = integration;
    // Facts 40 and 71.
    const most = isStream(integration) ? 900_000 : 29_000;
    return Number.isInteger(timeout) && timeout >= 50 && timeout <= most
      ? []
      : [['timeoutInMillis', `is ${timeout}: choose 50 to ${most} ms`]];
  }),
  onResponses(84, 'refused', ({ responseParameters }) =>
    [...responseParameters].flatMap(([target, value]): [string, string][] =>
      reply.isTarget(target) && reply.isValue(value)
        ? []
        : [
            [
              `responseParameters${toJsonPointer(target)}`,
              `maps ${value}: map integration.response.header.NAME, or a constant in single quotes, to method.response.header.NAME`,
            ],
          ],
    ),
  ),
  onResponses(87, 'refused', ({ statusCode }, { integration, responses }) => {
    // A proxy has no use for them, as in AWS's own example of a greedy proxy.
    if (integration?.type.endsWith('_proxy')) return [];
    if (statusCode === undefined) return [['statusCode', 'is missing: add it']];
    return responses.has(statusCode)
      ? []
      : [['statusCode', `is ${statusCode}, which is no response of the method: declare it`]];
  }),
  onResponses(38, 'refused', ({ statusCode = '', responseParameters }, { responses }) => {
    const declared = responses.get(statusCode)?.headers;
    if (!declared) return [];
    const names = [...declared].map((name) => name.toLowerCase());
    return [...responseParameters.keys()]
      .map((target) => target.replace('method.response.header.', ''))
      .filter((name) => !names.includes(name.toLowerCase()))
      .map((name) => [
        'responseParameters',
        `maps the header ${name}: declare it in the response too`,
      ]);
  }),
  onIntegrations(88, 'weakened', ({ type, responses }) =>
    type === 'mock' && responses.size === 0
      ? [['responses', 'is missing: the method answers 500 to every request; add default']]
      : [],
  ),
  onIntegrations(69, 'refused', ({ responseTransferMode: mode = 'BUFFERED' }) =>
    ['BUFFERED', 'STREAM'].includes(mode)
      ? []
      : [['responseTransferMode', `is ${mode}: write STREAM, or leave it out`]],
  ),
  onIntegrations(69, 'refused', ({ type, responseTransferMode: mode, uri = '' }) => {
    if (type !== 'aws_proxy') {
      return mode === 'STREAM' && type !== 'http_proxy'
        ? [['responseTransferMode', 'is STREAM: only aws_proxy and http_proxy stream']]
        : [];
    }
    if (mode === 'STREAM' && !isStreamUri(uri)) {
      return [
        ['uri', 'does not end in /response-streaming-invocations: a reply would be no stream'],
      ];
    }
    return mode !== 'STREAM' && isStreamUri(uri)
      ? [['uri', 'is that of a stream: add responseTransferMode STREAM']]
      : [];
  }),
];

const isStream = ({ responseTransferMode }: Integration): boolean =>
  responseTransferMode === 'STREAM';
