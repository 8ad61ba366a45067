import type { ContractDocument, Operation } from './contract-document.ts';
import { findFingerprints, withoutFingerprint } from './find-fingerprints.ts';

type Json = Record<string, unknown>;

/**
 * Compares the document that was imported with what a stage exports; each difference as a sentence. It compares
 * what an export keeps: paths, methods, names, parameters, keys, bodies and what their models validate. An export
 * adds path parameters, models of API Gateway's own, addresses and integrations. Whatever else the document has, its
 * fingerprint stands for, unless the export has none: that it keeps the names of preflights is not documented.
 */
export const findContractFaults = (
  imported: ContractDocument,
  exported: ContractDocument,
): string[] => {
  const toOperations = createToOperations(findFingerprints(exported).length > 0);
  const [wanted, found] = [imported, exported].map(toOperations) as [Described, Described];
  return [
    ...[...wanted].flatMap(([name, description]) => {
      const other = found.get(name);
      if (other === undefined) return [`${name} is missing`];
      return other === description ? [] : [`${name} is ${other}, not ${description}`];
    }),
    ...[...found.keys()]
      .filter((name) => !wanted.has(name))
      .map((name) => `${name} is still there`),
    ...findModelFaults(imported, exported),
    ...findForeignImport(imported, exported),
  ];
};

/** An import that failed half-way leaves several fingerprints. */
function findForeignImport(imported: ContractDocument, exported: ContractDocument): string[] {
  const [wanted, found] = [imported, exported].map(findFingerprints) as [string[], string[]];
  if (found.length === 0 || found.join() === wanted.join()) return [];
  return [`it has the import document ${found.join(' and ')}, not ${wanted}`];
}

type Described = Map<string, string>;

const createToOperations =
  (hasFingerprint: boolean) =>
  ({ paths = {} }: ContractDocument): Described =>
    new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([method]) => METHODS.has(method))
          .map(([method, operation]): [string, string] => [
            `${method.toUpperCase()} ${path}`,
            describe(operation, hasFingerprint),
          ]),
      ),
    );

const METHODS = new Set(
  'get put post delete options head patch x-amazon-apigateway-any-method'.split(' '),
);

function describe(
  { operationId = '', parameters = [], requestBody, security }: Operation,
  hasFingerprint: boolean,
): string {
  const names = parameters
    // API Gateway adds those of the path to each method (fact 32).
    .filter(({ in: place }) => place !== 'path')
    .map(({ name, in: place, required }) => `${place} ${name}${required ? ' (required)' : ''}`);
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) => `${type} ${toName(schema?.$ref)}`,
  );
  const keys = (security ?? []).flatMap((requirement) => Object.keys(requirement));
  const short = withoutFingerprint(operationId);
  const name = hasFingerprint || short === operationId ? short : '';
  return [name || 'without a name', ...names.sort(), ...bodies.sort(), ...keys.sort()].join(', ');
}

const toName = (reference: unknown): string =>
  String(reference ?? 'of any form')
    .split('/')
    .at(-1) ?? '';

function findModelFaults(imported: ContractDocument, exported: ContractDocument): string[] {
  const [wanted, found] = [imported, exported].map(
    ({ components }) => components?.schemas ?? {},
  ) as [Record<string, Json>, Record<string, Json>];
  const bodies = new Set(findBodyModels(imported));
  return Object.entries(wanted).flatMap(([name, model]) => {
    const other = found[name];
    // Whether an export has the models that nothing refers to is not documented.
    if (!other) return bodies.has(name) ? [`the model ${name} is missing`] : [];
    return toRules(other) === toRules(model) ? [] : [`the model ${name} validates something else`];
  });
}

const findBodyModels = ({ paths = {} }: ContractDocument): string[] =>
  Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}))
    .map(({ schema }) => toName(schema?.$ref));

const SETS = new Set(['required', 'enum', 'type']);
const RULES = new Set(
  (
    'type properties required items enum pattern format minimum maximum multipleOf minLength maxLength minItems ' +
    'maxItems uniqueItems additionalProperties minProperties maxProperties allOf anyOf oneOf not $ref'
  ).split(' '),
);

/** What a schema validates, in one spelling: an export sorts as it likes, and writes other references. */
function toRules(schema: unknown): string {
  return JSON.stringify(normalise(schema));
}

function normalise(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(normalise);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.entries(schema)
    .filter(([keyword]) => RULES.has(keyword))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([keyword, value]) => [keyword, toRule(keyword, value)]);
}

function toRule(keyword: string, value: unknown): unknown {
  if (keyword === '$ref') return toName(value);
  if (SETS.has(keyword) && Array.isArray(value))
    return value.map((item) => JSON.stringify(item)).sort();
  if (keyword !== 'properties') return normalise(value);
  return Object.entries(value as Json)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, child]) => [name, normalise(child)]);
}
