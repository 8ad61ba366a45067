import type { GatewayResponseType } from '../import-document.ts';

/** An error that API Gateway itself detects, with AWS's own message. */
export type GatewayFailure = {
  type: GatewayResponseType | 'HTTP_CONTENT_LENGTH' | 'NO_STAGE';
  message: string;
  /** `$context.error.validationErrorString` */
  details?: string;
};

export const isFailure = (value: object | string): value is GatewayFailure =>
  typeof value === 'object' && 'type' in value && 'message' in value;
