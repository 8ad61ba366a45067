import { resolveRef } from '../../openapi/resolve-ref.ts';
import type { ContractDocument, Operation, Schema } from './contract-document.ts';

/** Finds restrictions on a request's body that oasdiff does not look at. */
export const findBodyBreaks = (
  base: ContractDocument,
  today: ContractDocument,
  before: Operation,
  after: Operation,
): string[] =>
  Object.entries(before.requestBody?.content ?? {}).flatMap(([type, { schema }]) => {
    const now = after.requestBody?.content[type]?.schema;
    if (!schema || !now) return [];
    return walk('the body', { document: base, schema }, { document: today, schema: now });
  });

type Place = { document: ContractDocument; schema: Schema };

function walk(name: string, base: Place, today: Place): string[] {
  const before = resolveRef(base.document, base.schema);
  const after = resolveRef(today.document, today.schema);
  const inner = (key: string, from: Schema | undefined, to: Schema | undefined): string[] =>
    from && to ? walk(`${name}/${key}`, { ...base, schema: from }, { ...today, schema: to }) : [];
  return [
    ...findNarrower(before, after).map((fault) => `${name} ${fault}`),
    ...inner('items', before.items, after.items),
    ...Object.keys(before.properties ?? {}).flatMap((key) =>
      inner(key, before.properties?.[key], after.properties?.[key]),
    ),
  ];
}

function findNarrower(before: Schema, after: Schema): string[] {
  const [limit = Number.POSITIVE_INFINITY, now = Number.POSITIVE_INFINITY] = [before, after].map(
    (schema) => schema['x-max-bytes'],
  );
  const isClosed = after.additionalProperties === false && before.additionalProperties !== false;
  const [checker, checkerNow] = [before, after].map((schema) => schema['x-items-validated-by']);
  return [
    ...(now < limit ? [`is limited to ${now} bytes instead of ${limit} (x-max-bytes)`] : []),
    ...(isClosed ? ['no longer allows unknown members (additionalProperties)'] : []),
    ...(checker && checker !== checkerNow
      ? ['is rejected as a whole because of one invalid item (x-items-validated-by)']
      : []),
  ];
}
