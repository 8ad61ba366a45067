import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { gcc, java, maven } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';
import { toContractForC } from './to-contract-for-c.ts';

const FOLDERS = ['api', 'model', 'src', 'external'];

export const openapiGeneratorC: Sdk = {
  generator: 'openapi-generator c',
  version: VERSION,
  needs: [java, maven, gcc],
  async build(directory) {
    const contract = join(directory, 'contract.json');
    writeFileSync(contract, JSON.stringify(toContractForC()));
    await generate('c', directory, { contract });
    const driver = join(directory, 'driver');
    const include = ['.', 'include', 'external'].map((folder) => `-I${join(directory, folder)}`);
    const sources = FOLDERS.map((folder) => join(directory, folder, '*.c'));
    const own = ['-Wall', '-Wextra', '-Werror', ...include, '-c', join(SDKS, 'c/driver.c')];
    await execa('gcc', [...own, '-o', `${driver}.o`]);
    // The generated code has warnings.
    const all = ['-w', '-g', SANITIZERS, ...include, `${driver}.o`, ...sources, '-lcurl'];
    await execa('sh', ['-c', `gcc ${all.join(' ')} -o ${driver}`]);
    return ['env', 'ASAN_OPTIONS=detect_leaks=0', driver];
  },
  knownFaults: {
    'reads null': {
      fault: 'a required field that is null counts as missing; only an optional one may be null',
      issue: 'https://github.com/OpenAPITools/openapi-generator/pull/14332',
    },
  },
  notes:
    'generated from [a changed copy of the contract](c/to-contract-for-c.ts), since the generator supports no values of any type, takes a date in a query for a `char`, a list for a parameter and a boolean for a number, and does not declare an enum of a query that is a component ([#10834](https://github.com/OpenAPITools/openapi-generator/issues/10834)); the program must escape parameters, and read headers, error responses and streams from libcurl; better: [our own client](../clients/c)',
};

const SANITIZERS = '-fsanitize=address,undefined';
