import type { Contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import { toKebab } from '../shared/to-kebab.ts';
import type { SampledOperation } from './add-code-samples.ts';
import { addCodeSamples } from './add-code-samples.ts';
import { SAMPLE_LANGUAGES } from './sample-languages.ts';

/** The code samples as files that run, with names such as add-event.py. */
export const toSampleFiles = (contract: Contract): [name: string, text: string][] =>
  listOperations(addCodeSamples(contract)).flatMap(({ operation }) => {
    const { operationId = '', 'x-codeSamples': samples } = operation as SampledOperation;
    return samples.map(({ label, source }): [string, string] => [
      `${toKebab(operationId)}.${toExtension(label)}`,
      source,
    ]);
  });

const toExtension = (label: string): string | undefined =>
  SAMPLE_LANGUAGES.find((language) => language.label === label)?.extension;
