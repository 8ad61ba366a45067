/** How API Gateway words the errors that it makes itself (fact 35). */
export type GatewayResponse = {
  statusCode?: number;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
};

/** The same RFC 9457 problems as the router's, which are in src/problem.ts. */
export const gatewayResponses = {
  ACCESS_DENIED: problem(403, 'forbidden', 'Forbidden'),
  API_CONFIGURATION_ERROR: problem(500, 'internal-error', 'Internal error'),
  BAD_REQUEST_BODY: problem(400, 'invalid-request', 'Invalid request', {
    detail: '"$context.error.validationErrorString"',
  }),
  BAD_REQUEST_PARAMETERS: problem(400, 'invalid-request', 'Invalid request'),
  DEFAULT_4XX: { ...problem(400, 'invalid-request', 'Invalid request'), statusCode: undefined },
  // A function that fails, or answers what is no reply, gives 502. No status is set: that would
  // replace every other (fact 35).
  DEFAULT_5XX: { ...problem(502, 'bad-gateway', 'Bad gateway'), statusCode: undefined },
  INTEGRATION_FAILURE: problem(504, 'gateway-timeout', 'Gateway timeout'),
  INTEGRATION_TIMEOUT: problem(504, 'gateway-timeout', 'Gateway timeout'),
  INVALID_API_KEY: problem(403, 'forbidden', 'Forbidden', {
    detail: '"The x-api-key header is missing or not valid"',
  }),
  // API Gateway's answer to a path that it does not know.
  MISSING_AUTHENTICATION_TOKEN: problem(404, 'not-found', 'Not found', {
    detail: '"The API has no such path"',
  }),
  QUOTA_EXCEEDED: problem(429, 'quota-exceeded', 'Quota exceeded', { retryAfter: 3600 }),
  THROTTLED: problem(429, 'too-many-requests', 'Too many requests', { retryAfter: 1 }),
  UNSUPPORTED_MEDIA_TYPE: problem(415, 'unsupported-media-type', 'Unsupported media type'),
  WAF_FILTERED: problem(403, 'forbidden', 'Forbidden'),
} satisfies Record<string, GatewayResponse | { statusCode: undefined }>;

export type GatewayResponseType = keyof typeof gatewayResponses;

type More = {
  /** JSON in which API Gateway replaces `$context…`; messageString comes with its quotes. */
  detail?: string;
  /** Seconds. */
  retryAfter?: number;
};

function problem(status: number, type: string, title: string, more: More = {}): GatewayResponse {
  const { detail = '$context.error.messageString', retryAfter } = more;
  return {
    statusCode: status,
    responseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
      ...(retryAfter && { 'gatewayresponse.header.Retry-After': `'${retryAfter}'` }),
    },
    responseTemplates: {
      'application/json': `{"type":"/problems/${type}","title":"${title}","status":${status},"detail":${detail},"requestId":"$context.requestId"}`,
    },
  };
}
