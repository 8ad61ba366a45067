import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACT } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { compileTypeScript } from '../harness/toolchain/compile-typescript.ts';
import { runWithNewNode } from '../harness/toolchain/run-with-new-node.ts';
import { newNode } from '../harness/toolchain/tools.ts';
import packageJson from '../package.json' with { type: 'json' };

export const orval: Sdk = {
  generator: 'orval (fetch)',
  version: packageJson.dependencies.orval,
  needs: [newNode],
  async build(directory) {
    const config = join(directory, 'orval.config.json');
    writeFileSync(config, JSON.stringify({ events: toConfig(join(directory, 'sdk.ts')) }));
    await runWithNewNode('orval/dist/bin/orval.mjs', ['--config', config]);
    return compileTypeScript('orval', directory);
  },
  knownFaults: {
    'events as they arrive': {
      fault: '`streamEvents` returns when the stream ends: fetch `getStreamEventsUrl(…)` yourself',
      issue: undefined,
    },
  },
  notes: '`exportEvents` returns the `Response` as `stream`, of an error too, and decodes nothing',
};

const toConfig = (target: string) => ({
  input: CONTRACT,
  output: { target, client: 'fetch', mode: 'single' },
});
