import type { OpenAPIV3 } from 'openapi-types';

type Schema = {
  properties?: Record<string, unknown>;
  required?: string[];
  'x-required-unless'?: Record<string, unknown>;
  'x-null-is-absent'?: string[];
  'x-extensible-enum'?: unknown;
};

/** Finds extensions of schemas that name what the schema does not have, and would silently do nothing. */
export const findExtensionFaults = (contract: OpenAPIV3.Document): string[] => walk('#', contract);

function walk(place: string, node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return [
    ...findFaults(node).map((fault) => `${place}: ${fault}`),
    ...Object.entries(node).flatMap(([key, child]) =>
      walk(`${place}/${key.replaceAll('/', '~1')}`, child),
    ),
  ];
}

const findFaults = (schema: Schema): string[] => [
  ...findRuleFaults(schema),
  ...findNullFaults(schema),
  ...findListFaults(schema),
];

function findRuleFaults({ 'x-required-unless': rule, properties = {}, required = [] }: Schema) {
  if (rule === undefined) return [];
  const pairs = Object.entries(rule);
  if (pairs.length !== 1) return ['x-required-unless must have one property, such as { date: id }'];
  return pairs.flat().flatMap((name) => {
    const isKnown = Object.hasOwn(properties, String(name));
    if (!isKnown) return [`x-required-unless names ${name}, which is not a property`];
    return required.includes(String(name))
      ? [`x-required-unless names ${name}, which is always required`]
      : [];
  });
}

function findNullFaults({
  'x-null-is-absent': names = [],
  properties = {},
  required = [],
}: Schema) {
  return names.flatMap((name) => {
    if (!Object.hasOwn(properties, name)) {
      return [`x-null-is-absent names ${name}, which is not a property`];
    }
    return required.includes(name) ? [`x-null-is-absent names ${name}, which is required`] : [];
  });
}

function findListFaults({ 'x-extensible-enum': list }: Schema) {
  if (list === undefined || list === 'problem-types') return [];
  const isList = Array.isArray(list) && list.length > 0;
  return isList ? [] : ['x-extensible-enum must be a list of values, or problem-types'];
}
