import { join } from 'node:path';
import { CONTRACT } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { compileTypeScript } from '../harness/toolchain/compile-typescript.ts';
import { runWithNewNode } from '../harness/toolchain/run-with-new-node.ts';
import { newNode } from '../harness/toolchain/tools.ts';
import packageJson from '../package.json' with { type: 'json' };

export const heyApi: Sdk = {
  generator: '@hey-api/openapi-ts',
  version: packageJson.dependencies['@hey-api/openapi-ts'],
  needs: [newNode],
  async build(directory) {
    await runWithNewNode('@hey-api/openapi-ts/bin/run.js', [
      '--input',
      CONTRACT,
      '--output',
      join(directory, 'sdk'),
      '--no-log-file',
      '--client',
      '@hey-api/client-fetch',
    ]);
    return compileTypeScript('hey-api', directory);
  },
  notes:
    "pass `parseAs: 'text'` to `exportEvents`: otherwise NDJSON, which is typed as a string, arrives as a Blob",
};
