import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CONTRACT, SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { buildGo, copyGoModule } from '../harness/toolchain/build-go.ts';
import { go } from '../harness/toolchain/tools.ts';

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
    await execa('go', ['tool', 'oapi-codegen', ...args, CONTRACT], { cwd: directory });
    return buildGo(directory);
  },
  knownFaults: {
    'exports lines': {
      fault:
        '`ExportEventsWithResponse` decodes NDJSON as the problem of `default`, for the name has `json` in it: read the body of `ExportEvents`',
      issue: 'https://github.com/oapi-codegen/oapi-codegen/issues/1329',
    },
  },
  notes: '`StreamEventsWithResponse` returns when the stream ends: read the body of `StreamEvents`',
};
