import type { OpenAPIV3 } from 'openapi-types';
import { describe, expect, it } from 'vitest';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import type { SampledOperation } from '../../scripts/docs/add-code-samples.ts';
import { addCodeSamples } from '../../scripts/docs/add-code-samples.ts';

describe('addCodeSamples', () => {
  it('gives each operation a sample in each language, and changes nothing else', () => {
    const { info, paths, ...others } = addCodeSamples(contract);

    const { info: _info, paths: _paths, ...same } = contract;
    expect(others).toEqual(same);
    expect(info.description).toMatch(/BASE_URL.*API_KEY/);
    for (const [path, item] of Object.entries(contract.paths)) {
      for (const [method, operation] of Object.entries(item ?? {})) {
        const sampled = paths[path]?.[method as 'get'] as SampledOperation;
        const { 'x-codeSamples': samples, ...plain } = sampled;
        const labels = samples.map(({ label }) => label);
        expect(labels).toEqual(['curl', 'TypeScript', 'Python', 'C', 'Arduino']);
        expect(plain).toEqual(operation);
      }
    }
  });

  it.each<[string, (operation: OpenAPIV3.OperationObject) => void, string]>([
    [
      'a parameter has no example',
      ({ parameters = [] }) => Object.assign(parameters[0] ?? {}, { schema: { type: 'string' } }),
      'deleteDevice has no code sample, since the contract has no example of its deviceID',
    ],
    [
      'the body has none',
      (operation) => {
        operation.requestBody = { content: { 'application/json': { schema: {} } } };
      },
      'deleteDevice has no code sample, since the contract has no example of its body',
    ],
    [
      'it has no name',
      (operation) => delete operation.operationId,
      'delete /devices/{deviceID} has no code sample, since the contract has no example of an operationId',
    ],
  ])('refuses an operation where %s', (_, spoil, message) => {
    const spoilt = structuredClone(contract);
    spoil(spoilt.paths['/devices/{deviceID}']?.delete as OpenAPIV3.OperationObject);

    expect(() => addCodeSamples(spoilt)).toThrow(message);
  });

  it('leaves the document that API Gateway imports as it is', () => {
    const options = LOCAL_FUNCTIONS;

    expect(toImportDocument(addCodeSamples(contract), options)).toEqual(
      toImportDocument(contract, options),
    );
    expect(JSON.stringify(contract)).not.toContain('x-codeSamples');
  });
});
