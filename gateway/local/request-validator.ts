import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv from 'ajv-draft-04';
import type { FormatName } from 'ajv-formats';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { Api } from '../document/api.ts';
import { isRecord } from '../document/cursor.ts';
import type { Call } from './call.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import type { GatewayBody, GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';
import type { Route } from './routes.ts';

/** Validates requests as API Gateway does: parameters, then the body (facts 25–29). */
export const createRequestValidator = (api: Api) => {
  const validateBody = createBodyValidator(api);
  return ({ route, request, body }: Call): GatewayFailure | undefined => {
    const validator = api.validators.get(route.method.validator?.name ?? '');
    const missing = validator?.validatesParameters ? findMissing(route, request) : [];
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      return { type: 'BAD_REQUEST_PARAMETERS', message };
    }
    return validator?.validatesBody ? validateBody(route, request, body) : undefined;
  };
};

/** The required parameters that are missing or blank: nothing else about parameters is checked (fact 25). */
function findMissing({ method, pathParameters }: Route, request: GatewayRequest): string[] {
  const path = new Map(Object.entries(pathParameters));
  const readers = new Map<string, (name: string) => string | undefined>([
    ['query', (name) => request.query.findLast(([parameter]) => parameter === name)?.[1]],
    ['path', (name) => path.get(name)],
    ['header', (name) => findHeader(request, name.toLowerCase())],
  ]);
  return method.parameters
    .filter(({ required, in: place, name }) => {
      const read = readers.get(place);
      // Parameters in other places are ignored (fact 11).
      return required && read && !read(name)?.trim();
    })
    .map(({ name }) => name);
}

function createBodyValidator({ document }: Api) {
  // JSON Schema draft 4, with the regular expressions of Java's Rhino (fact 21).
  const ajv = new Ajv.default({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    logger: false,
    formats: {
      ...pickFormats('date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'),
      // Makes every request fail (fact 22).
      date: () => false,
    },
  });
  // Unknown to draft 4, but not to this library (fact 21).
  const components = withoutNullable(document.components);
  const compiled = new Map<object, ValidateFunction>();
  const compile = (schema: object): ValidateFunction => {
    const validate =
      compiled.get(schema) ?? ajv.compile({ components, allOf: [withoutNullable(schema)] });
    compiled.set(schema, validate);
    return validate;
  };
  return (
    { method }: Route,
    request: GatewayRequest,
    body: GatewayBody,
  ): GatewayFailure | undefined => {
    // What AWS says of such a body is unknown: the function refuses it in any case (fact 79).
    if (body.isBinary || !body.isUtf8) return undefined;
    // A body of a content type without a model is not validated at all (facts 26 and 27).
    const type = findHeader(request, 'content-type') ?? 'application/json';
    const schema = method.body?.get(type.split(';', 1)[0]?.trim().toLowerCase() ?? '')?.schema;
    if (!isRecord(schema)) return undefined;
    const details = findBodyError(compile(schema), body.text);
    return details === undefined
      ? undefined
      : { type: 'BAD_REQUEST_BODY', message: 'Invalid request body', details };
  };
}

const withoutNullable = (schema: unknown): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === 'nullable' && value === true ? undefined : value,
    ) ?? '{}',
  );

/** The formats that API Gateway enforces; some of the others fail every request there (fact 22). */
const pickFormats = (...names: FormatName[]) =>
  Object.fromEntries(names.map((name) => [name, fullFormats[name]]));

/** Rejects an empty body like a malformed one (fact 28). */
function findBodyError(validate: ValidateFunction, text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return '[Unknown error parsing request body]';
  }
  if (validate(body)) return undefined;
  const messages = (validate.errors ?? []).slice(0, MAX_MESSAGES).map(toFgeMessage);
  return `[${messages.join(', ')}]`.slice(0, MAX_DETAILS);
}

// A small request must not cause a large reply.
const MAX_MESSAGES = 100;
const MAX_DETAILS = 10_000;

/** Words an error like the validator that AWS runs (fact 21). */
function toFgeMessage({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return `object has missing required properties (["${params.missingProperty}"])`;
    case 'additionalProperties':
      return `object instance has properties which are not allowed by the schema: ["${params.additionalProperty}"]`;
    case 'pattern':
      return `ECMA 262 regex "${params.pattern}" does not match input string`;
    default:
      return message ?? keyword;
  }
}
