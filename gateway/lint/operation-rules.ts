import type { ImportDocument, ImportOperation, Integration } from '../import-document.ts';
import type { Rule } from './rule.ts';

const STREAM_PATH = '/response-streaming-invocations';
const STATUS = /^[1-5]\d\d$/;

/** Rules on the operations: their parameters, bodies, responses, security and integrations. */
export const operationRules: Rule[] = [
  onOperations(8, ({ 'x-amazon-apigateway-integration': integration }) =>
    integration ? [] : ['has no integration: add x-amazon-apigateway-integration'],
  ),
  onOperations(11, ({ parameters = [] }) =>
    parameters
      .filter(({ in: place }) => !['query', 'header', 'path'].includes(place))
      .map(
        ({ name, in: place }) =>
          `has the parameter ${name} in ${place}, which API Gateway ignores: use query, header or path`,
      ),
  ),
  onOperations(16, ({ security }) =>
    Array.isArray(security)
      ? []
      : ['has no security of its own: add it, [] for none; the security of the root is not used'],
  ),
  onOperations(18, ({ responses }) =>
    Object.keys(responses)
      .filter((status) => !STATUS.test(status))
      .map(
        (status) =>
          `has the response ${status}: list each status; ranges are not supported, and what an import makes of default is unknown`,
      ),
  ),
  onOperations(19, ({ parameters = [], 'x-amazon-apigateway-integration': integration }) => {
    const names = parameters.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    const timeout = integration?.type === 'aws_proxy' ? integration.timeoutInMillis : 29_000;
    // Facts 40 and 71.
    const most = isStream(integration) ? 900_000 : 29_000;
    return [
      ...twice.map(
        (name) =>
          `has two parameters called ${name}: rename one; query, header and path share their names`,
      ),
      ...(timeout >= 50 && timeout <= most
        ? []
        : [`times out after ${timeout} ms: choose 50 to ${most}`]),
    ];
  }),
  onOperations(20, ({ requestBody }) =>
    Object.entries(requestBody?.content ?? {})
      .filter(([, { schema }]) => typeof schema.$ref !== 'string')
      .map(([type]) => `has an inline ${type} body: move the schema to components, and use a $ref`),
  ),
  onOperations(26, ({ requestBody }) =>
    Object.keys(requestBody?.content ?? {})
      .filter((type) => type !== type.toLowerCase() || type.includes(';') || type.includes('*'))
      .map((type) => `has a body of ${type}: write one plain media type; others are not validated`),
  ),
  onOperations(33, ({ 'x-amazon-apigateway-integration': integration }) =>
    integration?.type === 'aws_proxy' && integration.httpMethod !== 'POST'
      ? ['calls Lambda with another method: set httpMethod to POST']
      : [],
  ),
  {
    fact: 34,
    check: (document) =>
      onOperations(34, ({ 'x-amazon-apigateway-request-validator': name }) =>
        name && !document['x-amazon-apigateway-request-validators'][name]
          ? [`names the validator ${name}, which does not exist`]
          : [],
      ).check(document),
  },
  onOperations(36, ({ security }, { components }) =>
    (security ?? [])
      .flatMap(Object.keys)
      .filter((name) => components.securitySchemes[name]?.name !== 'x-api-key')
      .map(
        (name) =>
          `requires ${name}: only an apiKey scheme with the name x-api-key makes a key required`,
      ),
  ),
  onOperations(38, ({ responses, 'x-amazon-apigateway-integration': integration }) =>
    integration?.type !== 'mock'
      ? []
      : Object.keys(integration.responses.default.responseParameters)
          .map((name) => name.replace('method.response.header.', ''))
          .filter((name) => !responses[integration.responses.default.statusCode]?.headers?.[name])
          .map((name) => `maps the header ${name}: declare it in the response too`),
  ),
  onOperations(69, ({ 'x-amazon-apigateway-integration': integration }) => {
    if (integration?.type !== 'aws_proxy') return [];
    const { responseTransferMode: mode, uri } = integration;
    const isStreamUri = uri.endsWith(STREAM_PATH);
    if (mode !== undefined && mode !== 'STREAM') {
      return [`has the responseTransferMode ${mode}: write STREAM, or leave it out`];
    }
    if (mode === 'STREAM' && !isStreamUri) {
      return [`streams, but its uri does not end in ${STREAM_PATH}: a reply would be no stream`];
    }
    return mode === undefined && isStreamUri
      ? ['has the uri of a stream: add responseTransferMode STREAM']
      : [];
  }),
];

const isStream = (integration: Integration | undefined): boolean =>
  integration?.type === 'aws_proxy' && integration.responseTransferMode === 'STREAM';

/** A rule that checks every operation; `complain` returns the faults of one. */
function onOperations(
  fact: number,
  complain: (operation: ImportOperation, document: ImportDocument) => string[],
): Rule {
  return {
    fact,
    check: (document) =>
      Object.entries(document.paths).flatMap(([path, item]) =>
        Object.entries(item).flatMap(([method, operation]) =>
          complain(operation, document).map((message) => ({ place: `${method} ${path}`, message })),
        ),
      ),
  };
}
