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

/** Pairs the schemas that are at the same place of a body in both versions. */
export const pairSchemas = (
  name: string,
  [base, before]: [ContractDocument, Content | undefined],
  [today, after]: [ContractDocument, Content | undefined],
): SchemaPair[] =>
  Object.entries(before ?? {}).flatMap(([type, { schema }]) => {
    const now = after?.[type]?.schema;
    if (!schema || !now) return [];
    const places = listSchemas(today, { name, pointer: name, schema: now });
    const byName = new Map(places.map((place) => [place.name, place.schema]));
    return listSchemas(base, { name, pointer: name, schema }).flatMap((place) => {
      const counterpart = byName.get(place.name);
      return counterpart ? [{ name: place.name, before: place.schema, after: counterpart }] : [];
    });
  });
