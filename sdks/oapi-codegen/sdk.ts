import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGo, copyGoModule } from '../harness/build-go.ts';
import { CONTRACT, SDKS } from '../harness/places.ts';
import { run } from '../harness/run.ts';
import type { Sdk } from '../harness/sdk.ts';
import { go } from '../harness/tools.ts';

const SOURCES = join(SDKS, 'oapi-codegen');
const [, version = ''] =
  /oapi-codegen\/v2 v(\S+)/.exec(readFileSync(join(SOURCES, 'go.mod'), 'utf8')) ?? [];

export const oapiCodegen: Sdk = {
  generator: 'oapi-codegen',
  version,
  needs: [go],
  async build(directory) {
    copyGoModule('oapi-codegen', directory);
    mkdirSync(join(directory, 'events'));
    const args = ['-config', join(SOURCES, 'oapi-codegen.yaml'), '-o', 'events/client.go'];
    await run('go', ['tool', 'oapi-codegen', ...args, CONTRACT], { cwd: directory });
    return buildGo(directory);
  },
};
