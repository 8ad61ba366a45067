import type { SchemaPlace } from '../../openapi/list-schemas.ts';
import { findFormatBreaks } from './find-format-breaks.ts';
import type { ComparedSchema, SchemaPair } from './pair-schemas.ts';

/**
 * Finds changes of a part of a reply that oasdiff allows, and that generated clients do not: they refuse unknown
 * properties unless `additionalProperties` is true, and values that an `enum` does not list.
 */
export const findReplyBreaks = ({ name, before, after }: SchemaPair): string[] =>
  [
    ...findFormatBreaks(before.format, after.format),
    ...(isClosed(after) && !isClosed(before)
      ? ['can no longer get new properties (additionalProperties)']
      : []),
    ...findAdditions(before, after),
    ...(after.enum && !before.enum ? ['can no longer get new values (enum)'] : []),
  ].map((fault) => `${name} ${fault}`);

/** Finds why a new part of a reply could not grow: clients that are generated from now on would refuse it. */
export const findAdditionBreaks = ({ name, schema }: SchemaPlace): string[] =>
  [
    ...(isClosed(schema) ? ['is new and can never get new properties (additionalProperties)'] : []),
    ...(schema.enum ? ['is new and can never get new values (enum)'] : []),
  ].map((fault) => `${name} ${fault}`);

function findAdditions(before: ComparedSchema, { properties = {} }: ComparedSchema): string[] {
  if (!isClosed(before)) return [];
  const added = Object.keys(properties).filter((key) => !(key in (before.properties ?? {})));
  return added.map((key) => `gets the property ${key}, but was closed (additionalProperties)`);
}

const isClosed = ({ type, properties, additionalProperties }: ComparedSchema): boolean =>
  (type === 'object' || properties !== undefined) && !additionalProperties;
