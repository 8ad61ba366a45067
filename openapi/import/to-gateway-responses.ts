import type { GatewayResponses } from '../../gateway/import-document.ts';
import type { ProblemType } from '../../generated/problem-types.ts';
import { problemTypes } from '../../generated/problem-types.ts';

/**
 * Makes API Gateway answer its own errors with RFC 9457 problems, like those of src/http/problems.ts.
 * @param headers are added to every reply
 */
export const toGatewayResponses = (headers: Record<string, string>): GatewayResponses => {
  const problem = createProblem(headers);
  const { statusCode: _, ...default4xx } = problem('invalid-request');
  const { statusCode: __, ...default5xx } = problem('bad-gateway');
  return {
    ACCESS_DENIED: problem('forbidden'),
    API_CONFIGURATION_ERROR: problem('internal-error'),
    // API Gateway says in words which field is at fault, but not as a pointer.
    BAD_REQUEST_BODY: problem('invalid-request', {
      detail: '"$context.error.validationErrorString"',
      errors: '[{"code":"schema","pointer":"","detail":"$context.error.validationErrorString"}]',
    }),
    BAD_REQUEST_PARAMETERS: problem('invalid-request', {
      errors: '[{"code":"required","detail":$context.error.messageString}]',
    }),
    // A status set here would replace every other (fact 35). DEFAULT_5XX remains for a function that fails,
    // or whose result is not a reply: 502.
    DEFAULT_4XX: default4xx,
    DEFAULT_5XX: default5xx,
    INTEGRATION_FAILURE: problem('gateway-timeout'),
    INTEGRATION_TIMEOUT: problem('gateway-timeout'),
    INVALID_API_KEY: problem('forbidden', {
      detail: JSON.stringify(problemTypes.forbidden.detail),
    }),
    // API Gateway's types for an unknown path, without and with an Authorization header (table C1 of gateway/facts.md).
    INVALID_SIGNATURE: problem('not-found', {
      detail: JSON.stringify(problemTypes['not-found'].detail),
    }),
    MISSING_AUTHENTICATION_TOKEN: problem('not-found', {
      detail: JSON.stringify(problemTypes['not-found'].detail),
    }),
    QUOTA_EXCEEDED: problem('quota-exceeded', { retryAfter: 3600 }),
    THROTTLED: problem('too-many-requests', { retryAfter: 1 }),
    UNSUPPORTED_MEDIA_TYPE: problem('unsupported-media-type'),
    WAF_FILTERED: problem('forbidden'),
  };
};

type More = {
  /** JSON in which API Gateway replaces `$context…`; messageString includes its quotes. */
  detail?: string;
  /** The `errors` as JSON, in which API Gateway replaces `$context…`. */
  errors?: string;
  /** Seconds. */
  retryAfter?: number;
};

const createProblem =
  (headers: Record<string, string>) =>
  (type: ProblemType, more: More = {}) => {
    const { status, title } = problemTypes[type];
    const { detail = '$context.error.messageString', errors, retryAfter } = more;
    const all = {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...headers,
      ...(retryAfter && { 'Retry-After': String(retryAfter) }),
    };
    return {
      statusCode: String(status),
      responseParameters: Object.fromEntries(
        Object.entries(all).map(([name, value]) => [
          `gatewayresponse.header.${name}`,
          `'${value}'`,
        ]),
      ),
      responseTemplates: {
        'application/json': `{"type":"/problems/${type}","title":"${title}","status":${status},"detail":${detail},"requestId":"$context.requestId"${errors ? `,"errors":${errors}` : ''}}`,
      },
    };
  };
