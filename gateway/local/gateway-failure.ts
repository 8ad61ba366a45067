/** An error that API Gateway itself detects, with AWS's own message. */
export type GatewayFailure = {
  type: FailureType;
  message: string;
  /** `$context.error.validationErrorString` */
  details?: string;
};

/** The types of gateway responses that the gateway gives, and those that no document can customise (table C1). */
export type FailureType =
  | 'API_CONFIGURATION_ERROR'
  | 'BAD_REQUEST_BODY'
  | 'BAD_REQUEST_PARAMETERS'
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'INVALID_API_KEY'
  | 'INVALID_SIGNATURE'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'QUOTA_EXCEEDED'
  | 'REQUEST_TOO_LARGE'
  | 'THROTTLED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'HEADERS_TOO_LARGE'
  | 'HTTP_CONTENT_LENGTH'
  | 'NO_REQUEST'
  | 'NO_STAGE'
  | 'URI_TOO_LONG';

export const isFailure = (value: object | string): value is GatewayFailure =>
  typeof value === 'object' && 'type' in value && 'message' in value;
