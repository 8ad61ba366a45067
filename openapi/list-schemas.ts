import type { OpenAPIV3 } from 'openapi-types';
import { resolveRef } from './resolve-ref.ts';

type Reference = OpenAPIV3.ReferenceObject;
type Schema = OpenAPIV3.SchemaObject & { items?: Reference | Schema };

/** A schema, and where it stands. */
export type SchemaPlace = {
  schema: Schema;
  /** The way to it through the value, such as `the body/events/items/value`. */
  name: string;
  /** Its place in the document, such as `#/components/schemas/Event/properties/value`. */
  pointer: string;
};

type Unresolved = Omit<SchemaPlace, 'schema'> & { schema: Reference | Schema };

/**
 * Lists a schema and the schemas inside it, with references resolved. Where a schema contains itself, the inner
 * one is left out.
 */
export const listSchemas = (
  document: object,
  place: Unresolved,
  parents: string[] = [],
): SchemaPlace[] => {
  const pointer = '$ref' in place.schema ? place.schema.$ref : place.pointer;
  if (parents.includes(pointer)) return [];
  const schema = resolveRef<Schema>(document, place.schema);
  const children = listChildren(schema).map(([keywords, child]) => ({
    schema: child,
    name: `${place.name}/${keywords.at(-1)}`,
    pointer: [pointer, ...keywords].join('/'),
  }));
  return [
    { schema, name: place.name, pointer },
    ...children.flatMap((child) => listSchemas(document, child, [...parents, pointer])),
  ];
};

type Child = [keywords: string[], schema: Reference | Schema];

function listChildren(schema: Schema): Child[] {
  const { properties = {}, items, additionalProperties: others, allOf, anyOf, oneOf } = schema;
  const variants = Object.entries({ allOf, anyOf, oneOf }).flatMap(([keyword, list = []]) =>
    list.map((variant, index): Child => [[keyword, String(index)], variant]),
  );
  return [
    ...Object.entries(properties).map(
      ([name, property]): Child => [['properties', name], property],
    ),
    ...(items ? [[['items'], items] satisfies Child] : []),
    ...(typeof others === 'object' ? [[['additionalProperties'], others] satisfies Child] : []),
    ...variants,
  ];
}
