import { join } from 'node:path';
import { compileTypeScript } from '../harness/compile-typescript.ts';
import type { Sdk } from '../harness/sdk.ts';
import { java, maven } from '../harness/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';

export const typescriptFetch: Sdk = {
  generator: 'openapi-generator typescript-fetch',
  version: VERSION,
  needs: [java, maven],
  async build(directory) {
    await generate('typescript-fetch', join(directory, 'sdk'));
    return compileTypeScript('typescript-fetch', directory);
  },
};
