import { join } from 'node:path';
import type { Sdk } from '../harness/sdk.ts';
import { compileTypeScript } from '../harness/toolchain/compile-typescript.ts';
import { java, maven } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';

export const typescriptFetch: Sdk = {
  generator: 'openapi-generator typescript-fetch',
  version: VERSION,
  needs: [java, maven],
  async build(directory) {
    await generate('typescript-fetch', join(directory, 'sdk'));
    return compileTypeScript('typescript-fetch', directory);
  },
  notes: '`streamEvents` returns when the stream ends: read `raw.body` of `streamEventsRaw`',
};
