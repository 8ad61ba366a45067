import { problemTypes } from '../../generated/problem-types.ts';
import type { Contract } from '../../openapi/contract.ts';
import { addCodeSamples } from './add-code-samples.ts';

/** The contract as the reference shows it: what is put in for readers alone, such as samples, is put in here. */
export const toDocsContract = (contract: Contract): Contract =>
  [addCodeSamples, withProblemLinks, withPlainServers].reduce(
    (before, change) => change(before),
    contract,
  );

/** A type of problem leads to its page; as seen from reference/. */
const withProblemLinks = (contract: Contract): Contract =>
  JSON.parse(JSON.stringify(contract), (key, value) =>
    key === 'description' && typeof value === 'string'
      ? value.replace(/(?<!\[)`\/problems\/([a-z-]+)`/g, (text, name) =>
          name in problemTypes ? `[${text}](../problems/${name}/)` : text,
        )
      : value,
  );

/** Redoc takes the description of a server as it is. */
const withPlainServers = (contract: Contract): Contract => ({
  ...contract,
  servers: (contract.servers ?? []).map(({ description = '', ...server }) => ({
    ...server,
    description: description.replaceAll('`', ''),
  })),
});
