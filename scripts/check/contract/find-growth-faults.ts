import type { OpenAPIV3 } from 'openapi-types';
import { listOperations } from '../../../openapi/list-operations.ts';
import type { SchemaPlace } from '../../../openapi/list-schemas.ts';
import { listSchemas } from '../../../openapi/list-schemas.ts';
import { resolveRef } from '../../../openapi/resolve-ref.ts';
import type { LintFault } from './lint-fault.ts';

/**
 * Finds the parts of replies to which later versions could add nothing without breaking generated clients.
 * @see https://opensource.zalando.com/restful-api-guidelines/ (rules 108, 110, 111 and 166)
 */
export const findGrowthFaults = (contract: OpenAPIV3.Document): LintFault[] => {
  const faults = listReplies(contract).flatMap(({ name, headers, bodies, isDeprecated }) => [
    // A deprecated operation links to what to do instead (RFC 9745, section 3).
    ...(isDeprecated ? [] : findLinks(name, headers)),
    ...bodies.flatMap(({ type, schemas }) => [
      ...(JSON_TYPE.test(type) ? findBareTop(schemas) : []),
      ...schemas.flatMap(findClosedParts),
    ]),
  ]);
  // Most replies share their schemas.
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
};

const JSON_TYPE = /[/+]json$/;

type Reply = {
  name: string;
  isDeprecated: boolean;
  headers: string[];
  bodies: { type: string; schemas: SchemaPlace[] }[];
};

const listReplies = (contract: OpenAPIV3.Document): Reply[] =>
  listOperations(contract).flatMap(({ path, method, operation }) =>
    Object.entries(operation.responses).map(([status, response]) => {
      const name = `${method.toUpperCase()} ${path} ${status}`;
      const { headers = {}, content = {} } = resolveRef<OpenAPIV3.ResponseObject>(
        contract,
        response,
      );
      const bodies = Object.entries(content).map(([type, { schema = {} }]) => {
        const pointer = `${name} ${type}`;
        return { type, schemas: listSchemas(contract, { name: pointer, pointer, schema }) };
      });
      return {
        name,
        isDeprecated: operation.deprecated === true,
        headers: Object.keys(headers),
        bodies,
      };
    }),
  );

const findLinks = (place: string, headers: string[]): LintFault[] =>
  headers
    .filter((name) => name.toLowerCase() === 'link')
    .map(() => ({
      rule: 'no-links-in-headers',
      place,
      message: 'generated clients do not read the Link header: use a property of the body',
    }));

const findBareTop = ([top]: SchemaPlace[]): LintFault[] =>
  !top || top.schema.type === 'object'
    ? []
    : [
        {
          rule: 'object-at-top',
          place: top.pointer,
          message: 'nothing can be added to a JSON reply that is not an object',
        },
      ];

function findClosedParts({ pointer: place, schema }: SchemaPlace): LintFault[] {
  const isObject = schema.type === 'object' || schema.properties !== undefined;
  const isClosed = isObject && !schema.additionalProperties;
  return [
    ...(schema.enum ? [{ rule: 'extensible-enum', place, message: ENUM }] : []),
    ...(isClosed ? [{ rule: 'open-object', place, message: CLOSED }] : []),
  ];
}

const ENUM = 'generated clients refuse a value that is added to an enum: use x-extensible-enum';
const CLOSED =
  'generated clients refuse a property that is added: set additionalProperties to true';
