import { join } from 'node:path';
import { execa } from 'execa';
import packageJson from '../../package.json' with { type: 'json' };
import { CONTRACT, SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { compileTypeScript } from '../harness/toolchain/compile-typescript.ts';

const versions = packageJson.devDependencies;

export const openapiTypescript: Sdk = {
  generator: 'openapi-typescript, openapi-fetch',
  version: `${versions['openapi-typescript']}, ${versions['openapi-fetch']}`,
  needs: [],
  async build(directory) {
    // Run it in another directory: here it would read our redocly.yaml as its configuration.
    const program = join(SDKS, '../node_modules/openapi-typescript/bin/cli.js');
    await execa('node', [program, CONTRACT, '--output', 'schema.ts'], { cwd: directory });
    return compileTypeScript('openapi-typescript', directory);
  },
  notes:
    "pass `parseAs: 'text'` to `exportEvents` and `parseAs: 'stream'` to `/events/live`, since openapi-fetch otherwise expects JSON",
};
