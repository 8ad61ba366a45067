import type { OpenAPIV3 } from 'openapi-types';

/** The part of OpenAPI 3.0 that API Gateway imports (facts 1–24), with its extensions (facts 33–40). */
export type ImportDocument = {
  openapi: '3.0.1';
  info: { title: string; version: string };
  paths: Record<string, Record<string, ImportOperation>>;
  components: {
    schemas: Record<string, Model>;
    securitySchemes: Record<string, OpenAPIV3.ApiKeySecurityScheme>;
  };
  'x-amazon-apigateway-request-validators': Record<string, RequestValidator>;
  'x-amazon-apigateway-gateway-responses': GatewayResponses;
  'x-amazon-apigateway-api-key-source': 'HEADER';
  /** Replies of this many bytes or more are compressed; its presence also allows compressed requests (fact 37). */
  'x-amazon-apigateway-minimum-compression-size': number;
};

export type ImportOperation = {
  operationId?: string;
  parameters?: { name: string; in: string; required: boolean; schema: { type: 'string' } }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Model }> };
  responses: Record<string, { description: string; headers?: Record<string, object> }>;
  security: Record<string, string[]>[];
  'x-amazon-apigateway-request-validator'?: string;
  'x-amazon-apigateway-integration': Integration;
};

export type Integration =
  | {
      type: 'aws_proxy';
      httpMethod: 'POST';
      uri: string;
      passthroughBehavior: string;
      timeoutInMillis: number;
      /** The reply is sent while the function writes it (fact 69); by default, as a whole. */
      responseTransferMode?: 'STREAM';
    }
  | {
      type: 'mock';
      passthroughBehavior?: string;
      requestTemplates: Record<string, string>;
      responses: {
        default: {
          statusCode: string;
          responseParameters: Record<string, string>;
          /** One that names the origin of a page (fact 38). */
          responseTemplates?: Record<string, string>;
        };
      };
    };

/** A schema in the subset of JSON Schema draft 4 that API Gateway's models support (fact 13). */
export type Model = { [keyword: string]: unknown };

type RequestValidator = { validateRequestBody: boolean; validateRequestParameters: boolean };

/** The reply to an error that API Gateway itself detects (fact 35). */
export type GatewayResponse = {
  statusCode?: string;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
};

export type GatewayResponses = Partial<Record<GatewayResponseType, GatewayResponse>>;

/** From AWS's page `supported-gateway-response-types`. REQUEST_TOO_LARGE cannot be customised (fact 35). */
export type GatewayResponseType =
  | 'ACCESS_DENIED'
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
  | 'WAF_FILTERED';
