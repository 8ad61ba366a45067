import { resolveRef } from '../../openapi/resolve-ref.ts';
import type { ContractDocument, Operation, Parameter, Response } from './contract-document.ts';
import { findFormatBreaks } from './find-format-breaks.ts';
import { findAdditionBreaks, findReplyBreaks } from './find-reply-breaks.ts';
import { findRequestBreaks } from './find-request-breaks.ts';
import type { VersionedContent } from './pair-schemas.ts';
import { listAddedSchemas, pairSchemas } from './pair-schemas.ts';

/** Finds what breaks clients of the earlier contract and is not looked at by oasdiff. */
export const findUnseenBreaks = (base: ContractDocument, today: ContractDocument): string[] => [
  ...findLost(base['x-cors']?.allowHeaders, today['x-cors']?.allowHeaders).map(
    (name) => `pages on other origins may no longer send ${name} (x-cors)`,
  ),
  ...findLost(base['x-cors']?.exposeHeaders, today['x-cors']?.exposeHeaders).map(
    (name) => `pages on other origins can no longer read ${name} (x-cors)`,
  ),
  ...Object.entries(base.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, before]) => {
      const after = today.paths[path]?.[method];
      // oasdiff reports removed operations.
      if (!before?.responses || !after) return [];
      const faults = [
        ...findOperationBreaks(before, after),
        ...findParameterBreaks(toParameters(base, before), toParameters(today, after)),
        ...pairSchemas(
          'the body',
          [base, before.requestBody?.content],
          [today, after.requestBody?.content],
        ).flatMap(findRequestBreaks),
        ...Object.entries(after.responses).flatMap(([status, response]) => {
          const name = `the reply ${status}`;
          const old: VersionedContent = [base, toContent(base, before.responses[status])];
          const now: VersionedContent = [today, toContent(today, response)];
          return [
            ...pairSchemas(name, old, now).flatMap(findReplyBreaks),
            ...listAddedSchemas(name, old, now).flatMap(findAdditionBreaks),
          ];
        }),
      ];
      return faults.map((fault) => `${method.toUpperCase()} ${path}: ${fault}`);
    }),
  ),
];

const findLost = (before: string[] = [], after: string[] = []): string[] => {
  const kept = new Set(after.map((name) => name.toLowerCase()));
  return before.filter((name) => !kept.has(name.toLowerCase()));
};

const findOperationBreaks = (before: Operation, after: Operation): string[] => [
  ...findScopeBreaks(before['x-scope'], after['x-scope']),
  ...findDeprecationBreaks(before['x-deprecation'], after),
  ...findMediaTypeBreaks(before, after),
];

/** Keys in use keep the scopes that they were created with. */
const findScopeBreaks = (before = 'none', after = 'none'): string[] =>
  after === before || after === 'none'
    ? []
    : [`needs the scope ${after} instead of ${before} (x-scope)`];

/** A sunset may move to a later date only; an end of the deprecation is fine. */
function findDeprecationBreaks(before: Operation['x-deprecation'], after: Operation): string[] {
  const { deprecated, 'x-deprecation': now } = after;
  if (!before || !deprecated) return [];
  if (now && now.sunset >= before.sunset) return [];
  return [
    `has its sunset on ${now?.sunset ?? 'no day'}, although ${before.sunset} was promised (x-deprecation)`,
  ];
}

/** Without an `Accept` header, the reply is in the first media type. */
function findMediaTypeBreaks(before: Operation, after: Operation): string[] {
  const [first, now] = [before, after].map(({ responses }) => {
    const [response] = Object.values(responses);
    return Object.keys((response as Response | undefined)?.content ?? {})[0];
  });
  return first === now ? [] : [`replies in ${now} instead of ${first} without an Accept header`];
}

const HOW_WRITTEN = ['style', 'explode', 'allowReserved', 'allowEmptyValue'];

function findParameterBreaks(
  parameters: ResolvedParameter[],
  after: ResolvedParameter[],
): string[] {
  return parameters.flatMap((before) => {
    const now = after.find(({ name, in: place }) => name === before.name && place === before.in);
    if (!now) return [];
    const changed = HOW_WRITTEN.filter((keyword) => before[keyword] !== now[keyword]);
    return [
      ...changed.map((keyword) => `is serialised differently (${keyword})`),
      ...findFormatBreaks(before.format, now.format),
    ].map((fault) => `the parameter ${before.name} ${fault}`);
  });
}

type ResolvedParameter = Parameter & { format: string | undefined };

const toParameters = (
  document: ContractDocument,
  { parameters = [] }: Operation,
): ResolvedParameter[] =>
  parameters.map((one) => {
    const parameter = resolveRef<Parameter>(document, one);
    const { format } = resolveRef<{ format?: string }>(document, parameter.schema ?? {});
    return { ...parameter, format };
  });

const toContent = (
  document: ContractDocument,
  response: Operation['responses'][string] | undefined,
) => response && resolveRef<Response>(document, response).content;
