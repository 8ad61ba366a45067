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
  notes:
    'pass instants in UTC, and set `configuration.datetime_format = "%Y-%m-%dT%H:%M:%S.%fZ"`: the default format is not RFC 3339 ([#20961](https://github.com/OpenAPITools/openapi-generator/issues/20961))',
};
