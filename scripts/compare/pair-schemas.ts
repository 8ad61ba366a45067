import type { SchemaPlace } from '../../openapi/list-schemas.ts';
import { listSchemas } from '../../openapi/list-schemas.ts';
import type { Content, ContractDocument } from './contract-document.ts';

/** A schema with the extensions that are compared. */
export type ComparedSchema = SchemaPlace['schema'] & {
  'x-max-bytes'?: number;
  'x-items-validated-by'?: string;
  'x-required-unless'?: Record<string, string>;
  'x-null-is-absent'?: string[];
  'x-extensible-enum'?: string[];
};

/** One schema in two versions of a contract. */
export type SchemaPair = { name: string; before: ComparedSchema; after: ComparedSchema };

/** The content of a body in one version of a contract. */
export type VersionedContent = [document: ContractDocument, content: Content | undefined];

/** Pairs the schemas that are at the same place of a body in both versions. */
export const pairSchemas = (
  name: string,
  before: VersionedContent,
  after: VersionedContent,
): SchemaPair[] =>
  toTypes(after).flatMap((type) => {
    const byName = new Map(listPlaces(name, before, type).map((place) => [place.name, place]));
    return listPlaces(name, after, type).flatMap((place) => {
      const counterpart = byName.get(place.name);
      return counterpart
        ? [{ name: place.name, before: counterpart.schema, after: place.schema }]
        : [];
    });
  });

/** Lists the schemas at places of a body that the earlier version does not have. */
export const listAddedSchemas = (
  name: string,
  before: VersionedContent,
  after: VersionedContent,
): SchemaPlace[] =>
  toTypes(after).flatMap((type) => {
    const known = new Set(listPlaces(name, before, type).map((place) => place.name));
    return listPlaces(name, after, type).filter((place) => !known.has(place.name));
  });

const toTypes = ([, content = {}]: VersionedContent): string[] => Object.keys(content);

const listPlaces = (
  name: string,
  [document, content]: VersionedContent,
  type: string,
): SchemaPlace[] => {
  const schema = content?.[type]?.schema;
  return schema ? listSchemas(document, { name, pointer: name, schema }) : [];
};
