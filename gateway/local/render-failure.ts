import type { GatewayResponseType, ImportDocument } from '../import-document.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { HttpReply } from './to-http-reply.ts';

/** AWS's own status and error type, by response type (gateway/facts.md, table C1). */
const DEFAULTS: Record<GatewayFailure['type'], [status: number, errorType: string]> = {
  ACCESS_DENIED: [403, 'AccessDeniedException'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException'],
  BAD_REQUEST_BODY: [400, 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException'],
  DEFAULT_4XX: [403, 'ForbiddenException'],
  DEFAULT_5XX: [502, 'InternalServerErrorException'],
  HTTP_CONTENT_LENGTH: [413, ''],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException'],
  INVALID_API_KEY: [403, 'ForbiddenException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException'],
  NO_STAGE: [403, 'ForbiddenException'],
  QUOTA_EXCEEDED: [429, 'LimitExceededException'],
  REQUEST_TOO_LARGE: [413, 'RequestEntityTooLargeException'],
  THROTTLED: [429, 'TooManyRequestsException'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'BadRequestException'],
  WAF_FILTERED: [403, 'ForbiddenException'],
};

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** Renders a failure by the document's gateway response, else by API Gateway's own (fact 35). */
export const renderFailure = (
  document: ImportDocument,
  failure: GatewayFailure,
  request: GatewayRequest,
): HttpReply => {
  const [defaultStatus, errorType] = DEFAULTS[failure.type];
  // Cannot be customised, and is not JSON (table C1).
  if (failure.type === 'HTTP_CONTENT_LENGTH') {
    return { status: 413, headers: { 'Content-Type': 'text/plain' }, body: failure.message };
  }
  const response = findResponse(document, failure.type, defaultStatus);
  return {
    status: Number(response?.statusCode ?? defaultStatus),
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-ErrorType': errorType,
      ...(defaultStatus === 400 && { 'X-Amzn-Trace-Id': request.traceId }),
      ...toHeaders(response?.responseParameters ?? {}),
    },
    body: render(
      response?.responseTemplates['application/json'] ?? DEFAULT_TEMPLATE,
      failure,
      request,
    ),
  };
};

function findResponse(
  document: ImportDocument,
  type: GatewayResponseType | 'NO_STAGE',
  status: number,
) {
  const responses = document['x-amazon-apigateway-gateway-responses'] ?? {};
  // Without a stage, API Gateway does not know whose document applies.
  if (type === 'REQUEST_TOO_LARGE' || type === 'NO_STAGE') return undefined;
  return responses[type] ?? responses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
}

/** Replaces variables, without VTL; messageString includes its quotes, the other variables do not. */
const render = (template: string, failure: GatewayFailure, { requestId }: GatewayRequest): string =>
  template
    .replaceAll('$context.error.messageString', () => toMessageString(failure))
    .replaceAll('$context.error.validationErrorString', () =>
      JSON.stringify(failure.details ?? '').slice(1, -1),
    )
    .replaceAll('$context.error.responseType', () => failure.type)
    .replaceAll('$context.requestId', () => requestId);

/** AWS puts a space before the message of these types (fact 41). */
const toMessageString = ({ type, message }: GatewayFailure): string =>
  (/^(BAD_REQUEST|INTEGRATION|API_CONFIGURATION|DEFAULT_5XX)/.test(type) ? ' ' : '') +
  JSON.stringify(message);

const toHeaders = (parameters: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', ''),
      value.slice(1, -1),
    ]),
  );
