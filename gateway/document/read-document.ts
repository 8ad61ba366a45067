import type { Api, AuthorizerSettings, GatewayResponse, Method, SecurityScheme } from './api.ts';
import type { Cursor, Fault } from './cursor.ts';
import { createCursor, isRecord } from './cursor.ts';
import { isOld, readMethods, readSecurity } from './read-methods.ts';
import { toPlain } from './to-plain.ts';

/**
 * Reads a document of any shape as API Gateway would import it. Parts of a wrong shape are faults, and are left out of
 * the API; the API is complete in any case, so that nobody who uses it needs to look for missing sections.
 */
export const readDocument = (document: unknown): { api: Api; faults: Fault[] } => {
  const plain = toPlain(document);
  if (isFault(plain)) return { api: readApi(createCursor({}, ignore), {}), faults: [plain] };
  const faults = new Map<string, Fault>();
  const root = createCursor(plain, (fault) => faults.set(`${fault.place} ${fault.message}`, fault));
  const api = readApi(root, plain);
  return { api, faults: [...faults.values()] };
};

const isFault = (value: Record<string, unknown> | Fault): value is Fault =>
  Object.keys(value).join() === 'place,message' && value.place === '';

const ignore = (): void => undefined;

function readApi(root: Cursor, document: Record<string, unknown>): Api {
  const components = root.get('components');
  const paths = root.get('paths').entries();
  // OpenAPI 2.0 has other places for these.
  const schemas = isOld(root) ? root.get('definitions') : components.get('schemas');
  const schemes = isOld(root) ? root.get('securityDefinitions') : components.get('securitySchemes');
  const securitySchemes = toMap(schemes, readScheme);
  const rootSecurity = readSecurity(root.get('security')) ?? [];
  const isAuthorizer = (name: string) => securitySchemes.get(name)?.authorizer !== undefined;
  const inherited = rootSecurity
    .map((names) => names.filter(isAuthorizer))
    .filter((names) => names.length > 0);
  const inherit = (method: Method): Method =>
    method.security === undefined && inherited.length > 0
      ? { ...method, security: inherited }
      : method;
  const isPath = ([name]: [string, Cursor]) => !name.startsWith('x-');
  return {
    document,
    version: root.get('openapi').text() ?? root.get('swagger').text() ?? '',
    paths: paths.filter(isPath).map(([resource, { place }]) => ({ resource, place })),
    methods: paths
      .filter(isPath)
      .flatMap(([path, item]) => readMethods(root, path, item).map(inherit)),
    models: new Map(
      schemas
        .entries()
        .flatMap(([name, { value }]) => (isRecord(value) ? [[name, value] as const] : [])),
    ),
    modelsPlace: schemas.place,
    securitySchemes,
    unusedRootSecurity: rootSecurity.flat().filter((name) => !isAuthorizer(name)),
    validators: toMap(root.get('x-amazon-apigateway-request-validators'), (validator) => ({
      validatesBody: validator.get('validateRequestBody').flag() ?? false,
      validatesParameters: validator.get('validateRequestParameters').flag() ?? false,
    })),
    gatewayResponses: toMap(root.get('x-amazon-apigateway-gateway-responses'), readGatewayResponse),
    keySource: root.get('x-amazon-apigateway-api-key-source').text(),
    minimumCompressionSize: root.get('x-amazon-apigateway-minimum-compression-size').number(),
    binaryMediaTypes: root
      .get('x-amazon-apigateway-binary-media-types')
      .items()
      .flatMap((type) => type.text() ?? []),
  };
}

const toMap = <Value>(section: Cursor, read: (part: Cursor) => Value): Map<string, Value> =>
  new Map(section.entries().map(([name, part]) => [name, read(part)]));

const readScheme = (unresolved: Cursor): SecurityScheme => {
  const scheme = unresolved.follow();
  const authorizer = scheme.get('x-amazon-apigateway-authorizer');
  const type = scheme.get('x-amazon-apigateway-authtype').text();
  return {
    place: scheme.place,
    type: scheme.get('type').text(),
    name: scheme.get('name').text(),
    in: scheme.get('in').text(),
    authorizer: type ?? (authorizer.value === undefined ? undefined : 'custom'),
    authorizerSettings: authorizer.value === undefined ? undefined : readAuthorizer(authorizer),
  };
};

const readAuthorizer = (authorizer: Cursor): AuthorizerSettings => ({
  place: authorizer.place,
  type: authorizer.get('type').text()?.toLowerCase(),
  uri: authorizer.get('authorizerUri').text(),
  pools: authorizer.get('providerARNs').items().length,
  identitySource: authorizer.get('identitySource').text(),
  ttlSeconds: authorizer.get('authorizerResultTtlInSeconds').number(),
});

const readGatewayResponse = (response: Cursor): GatewayResponse => ({
  place: response.place,
  statusCode: response.get('statusCode').text(),
  responseParameters: response.get('responseParameters').texts(),
  responseTemplates: response.get('responseTemplates').texts(),
});
