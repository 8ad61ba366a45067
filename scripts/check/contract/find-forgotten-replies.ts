import type { OpenAPIV3 } from 'openapi-types';
import type { Place } from '../../../openapi/list-operations.ts';
import { listOperations } from '../../../openapi/list-operations.ts';
import { resolveRef } from '../../../openapi/resolve-ref.ts';
import type { LintFault } from './lint-fault.ts';

/**
 * Finds replies that the router and API Gateway give by themselves, whatever a handler does, and that an operation
 * does not document; and lists in replies that could grow without end.
 */
export const findForgottenReplies = (contract: OpenAPIV3.Document): LintFault[] =>
  listOperations(contract).flatMap((place) => [
    ...findForgotten(place),
    ...findEndless(contract, place),
  ]);

type Given = {
  status: string;
  why: string;
  isGiven?(operation: OpenAPIV3.OperationObject): boolean;
};

const needsKey = ({ security = [] }: OpenAPIV3.OperationObject): boolean => security.length > 0;
const takesBody = ({ requestBody }: OpenAPIV3.OperationObject): boolean =>
  requestBody !== undefined;

/** See the steps of src/router/router.ts, and openapi/import/to-gateway-responses.ts. */
const GIVEN: Given[] = [
  { status: '400', why: 'a parameter that the contract does not have is refused' },
  { status: '403', why: 'a key is required', isGiven: needsKey },
  { status: '413', why: 'a body may be too large', isGiven: takesBody },
  { status: '415', why: 'a body may be of another media type', isGiven: takesBody },
  { status: '429', why: 'API Gateway limits the rate of requests' },
  { status: '500', why: 'a handler may fail' },
  { status: '502', why: 'the function may fail' },
  {
    status: '503',
    why: 'the database may not answer when the key is looked up',
    isGiven: needsKey,
  },
  { status: '504', why: 'the function may take too long' },
  { status: 'default', why: 'later versions may add problems' },
];

const findForgotten = ({ path, method, operation }: Place): LintFault[] =>
  GIVEN.filter(
    ({ status, isGiven }) => !(status in operation.responses) && isGiven?.(operation) !== false,
  ).map(({ status, why }) => ({
    rule: 'replies-given-anyway',
    place: `${method.toUpperCase()} ${path}`,
    message: `document the response ${status}: ${why}`,
  }));

/** A list that is read needs a next page, or a largest number of items. */
function findEndless(
  contract: OpenAPIV3.Document,
  { path, method, operation }: Place,
): LintFault[] {
  if (method !== 'get') return [];
  return Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, response]) => {
      const { content } = resolveRef<OpenAPIV3.ResponseObject>(contract, response);
      const schema = resolveRef<OpenAPIV3.SchemaObject>(
        contract,
        content?.['application/json']?.schema ?? {},
      );
      const { properties = {} } = schema;
      if ('nextCursor' in properties) return [];
      return Object.entries(properties)
        .filter(([, property]) => {
          const { type, maxItems } = resolveRef<OpenAPIV3.SchemaObject>(contract, property);
          return type === 'array' && maxItems === undefined;
        })
        .map(([name]) => ({
          rule: `endless-list: ${name}`,
          place: `${method.toUpperCase()} ${path} ${status}`,
          message: `${name} could grow without end: add nextCursor beside it, or maxItems`,
        }));
    });
}
