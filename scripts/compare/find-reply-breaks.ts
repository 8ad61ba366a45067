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
    ...(after.enum && before['x-extensible-enum']
      ? ['can no longer get new values (x-extensible-enum became enum)']
      : []),
  ].map((fault) => `${name} ${fault}`);

function findAdditions(before: ComparedSchema, { properties = {} }: ComparedSchema): string[] {
  if (!isClosed(before)) return [];
  const added = Object.keys(properties).filter((key) => !(key in (before.properties ?? {})));
  return added.map((key) => `gets the property ${key}, but was closed (additionalProperties)`);
}

const isClosed = ({ type, properties, additionalProperties }: ComparedSchema): boolean =>
  (type === 'object' || properties !== undefined) && !additionalProperties;
