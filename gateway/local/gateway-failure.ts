import type { GatewayResponseType } from '../import-document.ts';

/** An error that API Gateway itself detects, with AWS's own message. */
export type GatewayFailure = {
  type: FailureType;
  message: string;
  /** `$context.error.validationErrorString` */
  details?: string;
};

/** The types of gateway responses that the gateway gives, and those that no document can customise (table C1). */
export type FailureType =
  | Exclude<GatewayResponseType, 'ACCESS_DENIED' | 'WAF_FILTERED'>
  | 'HEADERS_TOO_LARGE'
  | 'HTTP_CONTENT_LENGTH'
  | 'NO_REQUEST'
  | 'NO_STAGE'
  | 'URI_TOO_LONG';

export const isFailure = (value: object | string): value is GatewayFailure =>
  typeof value === 'object' && 'type' in value && 'message' in value;
