import type { OpenAPIV3 } from 'openapi-types';
import type { Contract } from '../../openapi/contract.ts';
import { toExampleRequest } from '../../openapi/example-request.ts';
import { METHODS } from '../../openapi/list-operations.ts';
import { SAMPLE_LANGUAGES } from './sample-languages.ts';

export type CodeSample = { lang: string; label: string; source: string };
export type SampledOperation = OpenAPIV3.OperationObject & { 'x-codeSamples': CodeSample[] };

const NOTE = `
## Code samples
The samples run unchanged. Scripts read \`BASE_URL\` and \`API_KEY\` from the environment, as in
\`BASE_URL=http://localhost:8080 API_KEY=local-development-key python3 sample.py\`; the programs in C
(\`cc sample.c -lcurl\`) and for Arduino (ESP32) define them. The clients for TypeScript and C are in this project's \`clients/\`.
`;

/** Adds code samples to each operation, and a note on how to run them; throws if an example is missing. */
export const addCodeSamples = (contract: Contract): Contract => ({
  ...contract,
  info: { ...contract.info, description: `${contract.info.description ?? ''}${NOTE}` },
  paths: Object.fromEntries(
    Object.entries(contract.paths).map(([path, item = {}]) => [
      path,
      { ...item, ...toOperations(contract, path, item) },
    ]),
  ),
});

function toOperations(contract: Contract, path: string, item: OpenAPIV3.PathItemObject) {
  const operations = METHODS.flatMap((method): [string, SampledOperation][] => {
    const operation = item[method];
    if (!operation) return [];
    const request = toExampleRequest(contract, { path, method, operation });
    const samples = SAMPLE_LANGUAGES.map(({ lang, label, write }) => ({
      lang,
      label,
      source: write(request),
    }));
    return [[method, { ...operation, 'x-codeSamples': samples }]];
  });
  return Object.fromEntries(operations);
}
