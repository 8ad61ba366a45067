import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { run } from '../harness/toolchain/run.ts';
import { gcc, java, maven } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';
import { toContractForC } from './contract-for-c.ts';

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
    await run('gcc', [...own, '-o', `${driver}.o`]);
    // The generated code has warnings of its own.
    const all = ['-w', '-g', SANITIZERS, ...include, `${driver}.o`, ...sources, '-lcurl'];
    await run('sh', ['-c', `gcc ${all.join(' ')} -o ${driver}`]);
    return ['env', 'ASAN_OPTIONS=detect_leaks=0', driver];
  },
  knownFaults: {
    'batch, partly refused':
      'the SDK wraps an array body in an object and frees it twice ([#21793](https://github.com/OpenAPITools/openapi-generator/issues/21793))',
    'reads null': 'the SDK treats a required field that is null as missing',
  },
  notes:
    'generated from [a modified contract](c/contract-for-c.ts), because the generator does not support values of any type and treats a date in a query as a `char`; the program must escape parameters, and read headers and failures from libcurl; prefer [our own client](../clients/c)',
};

const SANITIZERS = '-fsanitize=address,undefined';
