import { isDeepStrictEqual } from 'node:util';
import { findFormatBreaks } from './find-format-breaks.ts';
import type { ComparedSchema, SchemaPair } from './pair-schemas.ts';

/** Finds restrictions on a part of a request's body that oasdiff does not look at. */
export const findRequestBreaks = ({ name, before, after }: SchemaPair): string[] =>
  [
    ...findFormatBreaks(before.format, after.format),
    ...findLimitBreaks(before['x-max-bytes'], after['x-max-bytes']),
    ...(before.additionalProperties !== false && after.additionalProperties === false
      ? ['no longer allows unknown members (additionalProperties)']
      : []),
    ...(after.additionalProperties === false ? findRemovals(before, after) : []),
    ...findCheckerBreaks(before['x-items-validated-by'], after['x-items-validated-by']),
    ...findRuleBreaks(before['x-required-unless'], after['x-required-unless']),
    ...findNullBreaks(before['x-null-is-absent'], after['x-null-is-absent']),
  ].map((fault) => `${name} ${fault}`);

/** oasdiff allows it for a property that is read-only, which clients send all the same. */
const findRemovals = (before: ComparedSchema, { properties = {} }: ComparedSchema): string[] =>
  Object.keys(before.properties ?? {})
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => `no longer takes the property ${name} (additionalProperties)`);

const NONE = Number.POSITIVE_INFINITY;

const findLimitBreaks = (limit = NONE, now = NONE): string[] =>
  now < limit ? [`is limited to ${now} bytes instead of ${limit} (x-max-bytes)`] : [];

const findCheckerBreaks = (checker: string | undefined, now: string | undefined): string[] =>
  checker && checker !== now
    ? ['is rejected as a whole because of one invalid item (x-items-validated-by)']
    : [];

const findRuleBreaks = (rule: object | undefined, now: object | undefined): string[] =>
  now && !isDeepStrictEqual(rule, now)
    ? [`requires a property that could be missing (x-required-unless: ${JSON.stringify(now)})`]
    : [];

const findNullBreaks = (names: string[] = [], now: string[] = []): string[] =>
  names
    .filter((name) => !now.includes(name))
    .map((name) => `no longer takes null for ${name} (x-null-is-absent)`);
