import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { CONTRACT, SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { checkPython, installPython } from '../harness/toolchain/python.ts';
import { python } from '../harness/toolchain/tools.ts';

const requirements = readFileSync(join(SDKS, 'requirements.txt'), 'utf8');
const [, version = ''] = /^openapi-python-client==(.*)$/m.exec(requirements) ?? [];

export const openapiPythonClient: Sdk = {
  generator: 'openapi-python-client',
  version,
  needs: [python],
  async build(directory) {
    const bin = await installPython();
    const args = ['--path', CONTRACT, '--output-path', join(directory, 'sdk'), '--meta', 'none'];
    await execa(join(bin, 'openapi-python-client'), ['generate', ...args, '--fail-on-warning'], {
      env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    return checkPython('openapi-python-client', directory);
  },
  knownFaults: {
    'events as they arrive': {
      fault:
        '`stream_events` returns when the stream ends: read it with `client.get_httpx_client().stream`',
      issue: undefined,
    },
  },
};
