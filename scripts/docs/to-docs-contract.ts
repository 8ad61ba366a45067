import { problemTypes } from '../../generated/problem-types.ts';
import type { Contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import { addCodeSamples } from './add-code-samples.ts';

/** The contract as the reference shows it, with additions for readers, such as code samples. */
export const toDocsContract = (contract: Contract): Contract =>
  [
    withGuideLinks,
    withScopes,
    addCodeSamples,
    withProblemLinks,
    withPlainServers,
    withoutOpenEnds,
  ].reduce((before, change) => change(before), contract);

/** Links the guides that the description of the API names, relative to reference/. */
const withGuideLinks = (contract: Contract): Contract => {
  const { description = '' } = contract.info;
  const linked = description.replace(/\b(sending|reading|keys|errors)\b/g, '[$1](../$1/)');
  return { ...contract, info: { ...contract.info, description: linked } };
};

/** Says in the description of each operation which scope it needs. */
const withScopes = (contract: Contract): Contract => {
  const copy = structuredClone(contract);
  for (const { operation } of listOperations(copy)) {
    const { 'x-scope': scope } = operation as { 'x-scope'?: string };
    const needs = scope ? `Needs a key with the scope \`${scope}\`.` : 'Needs no key.';
    operation.description = `${operation.description ?? ''}\n\n${needs}`.trim();
  }
  return copy;
};

/** Links problem types to their pages, relative to reference/. */
const withProblemLinks = (contract: Contract): Contract =>
  JSON.parse(JSON.stringify(contract), (key, value) =>
    key === 'description' && typeof value === 'string'
      ? value.replace(/(?<!\[)`\/problems\/([a-z-]+)`/g, (text, name) =>
          name in problemTypes ? `[${text}](../problems/${name}/)` : text,
        )
      : value,
  );

/** Removes Markdown from the descriptions of servers, which Redoc shows as plain text. */
const withPlainServers = (contract: Contract): Contract => ({
  ...contract,
  servers: (contract.servers ?? []).map(({ description = '', ...server }) => ({
    ...server,
    description: description.replaceAll('`', ''),
  })),
});

/** Removes `additionalProperties: true`, the default, which Redoc shows as a property in each object. */
const withoutOpenEnds = (contract: Contract): Contract =>
  JSON.parse(JSON.stringify(contract), (key, value) =>
    key === 'additionalProperties' && value === true ? undefined : value,
  );
