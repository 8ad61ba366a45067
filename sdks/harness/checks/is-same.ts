import { deepStrictEqual } from 'node:assert';

/**
 * Requires that an SDK decoded what was sent. Absent, null and empty lists count as equal, since some languages do
 * not distinguish them.
 */
export const isSame = (decoded: unknown, sent: unknown): void =>
  deepStrictEqual(withoutNothing(decoded), withoutNothing(sent));

const withoutNothing = (part: unknown): unknown =>
  JSON.parse(JSON.stringify(part) ?? 'null', (_, inner) =>
    inner === null || inner?.length === 0 ? undefined : inner,
  );
