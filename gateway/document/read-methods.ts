import type { Method, MethodResponse, Parameter } from './api.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { readIntegration } from './read-integration.ts';

const VALIDATOR = 'x-amazon-apigateway-request-validator';
const ANY = 'x-amazon-apigateway-any-method';

// The members of a path item that are methods, `trace` included, which API Gateway does not have (fact 18).
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', ANY]);

/** Reads the methods of a path. Its other members, such as `summary` and `parameters`, are no methods. */
export const readMethods = (root: Cursor, resource: string, item: Cursor): Method[] => {
  const followed = item.follow();
  const shared = readParameters(root, followed.get('parameters'));
  const oldBody = readOldBody(root, followed);
  return followed
    .entries()
    .filter(([name]) => METHODS.has(name))
    .map(([name, operation]) => readMethod(root, resource, name, operation, shared))
    .map((method) => ({ ...method, body: method.body ?? oldBody }));
};

function readMethod(
  root: Cursor,
  resource: string,
  name: string,
  operation: Cursor,
  shared: Parameter[],
): Method {
  const own = readParameters(root, operation.get('parameters'));
  const isReplaced = (parameter: Parameter): boolean =>
    own.some((other) => other.name === parameter.name && other.in === parameter.in);
  const validator = operation.get(VALIDATOR);
  return {
    place: operation.place,
    resource,
    method: name === ANY ? 'ANY' : name.toUpperCase(),
    operationId: operation.get('operationId').text(),
    parameters: [...shared.filter((parameter) => !isReplaced(parameter)), ...own],
    body: readBody(operation.get('requestBody')) ?? readOldBody(root, operation),
    responses: readResponses(operation.get('responses')),
    security: readSecurity(operation.get('security')),
    hasOwnSecurity: operation.get('security').value !== undefined,
    validator: readValidator(validator.value === undefined ? root.get(VALIDATOR) : validator),
    integration: readIntegration(operation.get('x-amazon-apigateway-integration').follow()),
  };
}

function readParameters(root: Cursor, list: Cursor): Parameter[] {
  const parameters = list.items().flatMap((unresolved) => {
    const parameter = unresolved.follow();
    // A reference that leads to nothing is a fault already.
    if (parameter.value === undefined) return [];
    return {
      place: unresolved.place,
      name: parameter.get('name').text() ?? '',
      in: parameter.get('in').text() ?? '',
      required: parameter.get('required').flag() ?? false,
    };
  });
  return isOld(root) ? parameters.filter((parameter) => parameter.in !== 'body') : parameters;
}

/** Whether the document is of OpenAPI 2.0. */
export const isOld = (root: Cursor): boolean => root.get('swagger').value !== undefined;

/** The body as OpenAPI 2.0 has it: a parameter, for each type of `consumes`. */
function readOldBody(root: Cursor, operation: Cursor): Method['body'] {
  if (!isOld(root)) return undefined;
  const parameter = operation
    .get('parameters')
    .items()
    .map((unresolved) => unresolved.follow())
    .find((followed) => followed.get('in').text() === 'body');
  if (!parameter) return undefined;
  const own = operation.get('consumes');
  const types = (own.value === undefined ? root.get('consumes') : own)
    .items()
    .flatMap((type) => type.text() ?? []);
  const { place, value } = parameter.get('schema');
  return new Map(
    (types.length > 0 ? types : ['application/json']).map((type) => [
      type,
      { place, schema: value },
    ]),
  );
}

function readBody(unresolved: Cursor): Method['body'] {
  if (unresolved.value === undefined) return undefined;
  const content = unresolved.follow().get('content');
  return new Map(
    content.entries().map(([type, media]) => {
      const { place, value } = media.get('schema');
      return [type, { place, schema: value }];
    }),
  );
}

const readResponses = (responses: Cursor): Method['responses'] =>
  new Map(
    responses
      .entries()
      .filter(([status]) => !status.startsWith('x-'))
      .map(([status, unresolved]) => [status, readResponse(unresolved)]),
  );

function readResponse(unresolved: Cursor): MethodResponse {
  const response = unresolved.follow();
  // OpenAPI 2.0 has one schema for all media types.
  const media = [
    response,
    ...response
      .get('content')
      .entries()
      .map(([, type]) => type),
  ];
  return {
    place: unresolved.place,
    isReference: isRecord(unresolved.value) && typeof unresolved.value.$ref === 'string',
    headers: new Set(
      response
        .get('headers')
        .entries()
        .map(([name]) => name),
    ),
    schemas: media
      .map((part) => part.get('schema'))
      .filter(({ value }) => value !== undefined)
      .map(({ place, value }) => ({ place, schema: value })),
  };
}

/** The alternatives of a `security`, each with the names of its schemes; undefined if it is absent. */
export const readSecurity = (security: Cursor): string[][] | undefined =>
  security.value === undefined
    ? undefined
    : security.items().map((alternative) => alternative.entries().map(([name]) => name));

function readValidator(validator: Cursor): Method['validator'] {
  const name = validator.text();
  return name === undefined ? undefined : { place: validator.place, name };
}
