import { join } from 'node:path';
import type { Sdk } from '../harness/sdk.ts';
import { buildGo, copyGoModule } from '../harness/toolchain/build-go.ts';
import { go, java, maven } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';

const OPTIONS = 'packageName=events,withGoMod=false';

export const openapiGeneratorGo: Sdk = {
  generator: 'openapi-generator go',
  version: VERSION,
  needs: [java, maven, go],
  async build(directory) {
    copyGoModule('go', directory);
    const options = ['--additional-properties', OPTIONS, '--global-property', SDK_ALONE];
    await generate('go', join(directory, 'events'), { options });
    return buildGo(directory);
  },
};

/** Without the SDK's own tests, which need another package. */
const SDK_ALONE = 'apis,models,supportingFiles,apiTests=false,modelTests=false';
