import type { Api, GatewayResponse } from '../document/api.ts';
import type { Scope } from './evaluate.ts';
import { evaluate, toContext } from './evaluate.ts';
import type { FailureType, GatewayFailure } from './gateway-failure.ts';
import { findHeader } from './gateway-request.ts';
import type { HttpReply } from './to-http-reply.ts';
import { isHeader, toStatus, withHeaders } from './to-http-reply.ts';

/** AWS's own status and error type, by response type (gateway/facts.md, table C1). */
const DEFAULTS: Record<FailureType, [status: number, errorType: string]> = {
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException'],
  BAD_REQUEST_BODY: [400, 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException'],
  DEFAULT_4XX: [403, 'ForbiddenException'],
  DEFAULT_5XX: [502, 'InternalServerErrorException'],
  HEADERS_TOO_LARGE: [431, ''],
  HTTP_CONTENT_LENGTH: [413, ''],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException'],
  INVALID_API_KEY: [403, 'ForbiddenException'],
  INVALID_SIGNATURE: [403, 'IncompleteSignatureException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException'],
  NO_REQUEST: [400, ''],
  NO_STAGE: [403, 'ForbiddenException'],
  QUOTA_EXCEEDED: [429, 'LimitExceededException'],
  REQUEST_TOO_LARGE: [413, 'RequestEntityTooLargeException'],
  THROTTLED: [429, 'TooManyRequestsException'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'BadRequestException'],
  URI_TOO_LONG: [414, ''],
};

// Cannot be customised: REQUEST_TOO_LARGE by fact 35; without a stage, API Gateway does not know whose document applies.
const FIXED = new Set<FailureType>(['REQUEST_TOO_LARGE', 'NO_STAGE']);
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** Renders a failure by the API's gateway response, else by API Gateway's own (fact 35). */
export const renderFailure = (
  { gatewayResponses }: Pick<Api, 'gatewayResponses'>,
  failure: GatewayFailure,
  scope: Scope,
): HttpReply => {
  const [defaultStatus, errorType] = DEFAULTS[failure.type];
  // What has no type of error is not JSON, and nobody can customise it (table C1).
  if (errorType === '') {
    const headers = { 'Content-Type': 'text/plain' };
    return { status: defaultStatus, headers, body: failure.message };
  }
  const isFixed = FIXED.has(failure.type);
  const response = isFixed
    ? undefined
    : findResponse(gatewayResponses, failure.type, defaultStatus);
  const template = pickTemplate(response?.responseTemplates ?? new Map(), scope);
  return {
    status: toStatus(response?.statusCode) ?? defaultStatus,
    headers: withHeaders(
      {
        'Content-Type': template.type,
        'x-amzn-ErrorType': errorType,
        ...(defaultStatus === 400 && { 'X-Amzn-Trace-Id': scope.request.traceId }),
      },
      toHeaders(response?.responseParameters ?? new Map(), scope),
    ),
    body: render(template.text, failure, scope),
  };
};

const findResponse = (
  responses: Map<string, GatewayResponse>,
  type: FailureType,
  status: number,
): GatewayResponse | undefined =>
  responses.get(type) ?? responses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');

/** The template of the type that the client accepts first, else that of JSON, else the first one (fact 92). */
function pickTemplate(templates: Map<string, string>, { request }: Scope) {
  const accepted = findHeader(request, 'accept');
  const wanted = accepted?.split(/[,;]/, 1)[0]?.trim() ?? '';
  const types = [wanted, 'application/json', ...templates.keys()];
  const type = types.find((name) => templates.has(name)) ?? 'application/json';
  return { type, text: templates.get(type) ?? DEFAULT_TEMPLATE };
}

const VARIABLE =
  /\$(?:(context|stageVariables)\.(\w+(?:\.\w+)*)|method\.(?:request\.(?:header|querystring|path)|input\.params)\.[\w-]+)/g;

/** Replaces variables, without VTL; messageString includes its quotes, the other variables do not. */
function render(template: string, failure: GatewayFailure, scope: Scope): string {
  const errors = new Map([
    ['error.message', failure.message],
    ['error.messageString', toMessageString(failure)],
    ['error.responseType', failure.type],
    ['error.validationErrorString', JSON.stringify(failure.details ?? '').slice(1, -1)],
  ]);
  const context = toContext(scope);
  return template.replace(VARIABLE, (variable: string, root: string, name: string) =>
    root === 'context'
      ? (errors.get(name) ?? context.get(name) ?? '')
      : (evaluate(variable.slice(1), scope) ?? ''),
  );
}

/** AWS puts a space before the message of these types (fact 41). */
const toMessageString = ({ type, message }: GatewayFailure): string =>
  (/^(BAD_REQUEST|INTEGRATION|API_CONFIGURATION|DEFAULT_5XX)/.test(type) ? ' ' : '') +
  JSON.stringify(message);

const toHeaders = (parameters: Map<string, string>, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    [...parameters].flatMap(([target, expression]): [string, string][] => {
      const name = target.replace('gatewayresponse.header.', '');
      const value = evaluate(expression, scope);
      return name !== target && value !== undefined && isHeader(name, value) ? [[name, value]] : [];
    }),
  );
