/** A REST API as API Gateway reads it from a document: references followed, and what is inherited written out. */
export type Api = {
  /** The whole document, as plain JSON. */
  document: Record<string, unknown>;
  /** `openapi` or `swagger`, as written. */
  version: string;
  /** In the document's order, as written, such as `/devices/{deviceID}`. */
  paths: { resource: string; place: string }[];
  methods: Method[];
  models: Map<string, Model>;
  /** `/components/schemas`, or `/definitions` in OpenAPI 2.0. */
  modelsPlace: string;
  securitySchemes: Map<string, SecurityScheme>;
  /** The schemes of the root's `security` that do not hold for the methods without one (fact 16). */
  unusedRootSecurity: string[];
  validators: Map<string, RequestValidator>;
  gatewayResponses: Map<string, GatewayResponse>;
  keySource: string | undefined;
  /** In bytes; undefined if nothing is compressed (fact 37). */
  minimumCompressionSize: number | undefined;
  binaryMediaTypes: string[];
};

/** A schema in JSON Schema draft 4 (fact 13). */
export type Model = { [keyword: string]: unknown };

export type SecurityScheme = {
  place: string;
  type: string | undefined;
  name: string | undefined;
  in: string | undefined;
  /** `x-amazon-apigateway-authtype`, or `custom` if there is an authorizer alone. */
  authorizer: string | undefined;
  /** Undefined for IAM, too, which has none. */
  authorizerSettings: AuthorizerSettings | undefined;
};

/** An `x-amazon-apigateway-authorizer` (fact 105). */
export type AuthorizerSettings = {
  place: string;
  /** In lower case. */
  type: string | undefined;
  uri: string | undefined;
  /** How many user pools it has. */
  pools: number;
  identitySource: string | undefined;
  /** For how long it caches, in seconds; undefined for AWS's default, which is 300. */
  ttlSeconds: number | undefined;
};

export type RequestValidator = { validatesBody: boolean; validatesParameters: boolean };

/** The reply to an error that API Gateway itself detects (fact 35). */
export type GatewayResponse = {
  place: string;
  statusCode: string | undefined;
  responseParameters: Map<string, string>;
  responseTemplates: Map<string, string>;
};

/** The method `ANY` takes those that the path does not declare (fact 78). */
export type Method = {
  place: string;
  resource: string;
  /** In capitals: `GET`, `ANY`, or one that API Gateway does not have, such as `TRACE`. */
  method: string;
  operationId: string | undefined;
  parameters: Parameter[];
  /** By media type, each with the place of its schema; undefined if the method takes no body. */
  body: Map<string, { place: string; schema: unknown }> | undefined;
  responses: Map<string, MethodResponse>;
  /**
   * The alternatives of `security`, each with the names of its schemes; without one, the authorizers of the root's (fact
   * 16). Undefined if there are none, either.
   */
  security: string[][] | undefined;
  hasOwnSecurity: boolean;
  /** Its own, or the root's. */
  validator: { place: string; name: string } | undefined;
  integration: Integration | undefined;
};

export type MethodResponse = {
  place: string;
  /** Whether a `$ref` stands for the whole response. */
  isReference: boolean;
  headers: Set<string>;
  /** Of each media type, where it has one. */
  schemas: { place: string; schema: unknown }[];
};

export type Parameter = { place: string; name: string; in: string; required: boolean };

export type Integration = {
  place: string;
  /** In lower case. */
  type: string;
  httpMethod: string | undefined;
  uri: string | undefined;
  /** In milliseconds. */
  timeoutInMillis: number | undefined;
  responseTransferMode: string | undefined;
  passthroughBehavior: string | undefined;
  connectionType: string | undefined;
  connectionId: string | undefined;
  /** As which role the integration is called. */
  credentials: string | undefined;
  cacheKeyParameters: string[];
  contentHandling: string | undefined;
  requestParameters: Map<string, string>;
  requestTemplates: Map<string, string>;
  /** By a pattern of the status, or `default`. */
  responses: Map<string, IntegrationResponse>;
  /** All of its members, also those that have no effect here. */
  members: Map<string, unknown>;
};

export type IntegrationResponse = {
  place: string;
  statusCode: string | undefined;
  responseParameters: Map<string, string>;
  responseTemplates: Map<string, string>;
  contentHandling: string | undefined;
};
