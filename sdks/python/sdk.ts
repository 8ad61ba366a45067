import type { Sdk } from '../harness/sdk.ts';
import { checkPython } from '../harness/toolchain/python.ts';
import { java, maven, python } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';

export const openapiGeneratorPython: Sdk = {
  generator: 'openapi-generator python',
  version: VERSION,
  needs: [java, maven, python],
  async build(directory) {
    await generate('python', directory);
    return checkPython('python', directory);
  },
};
