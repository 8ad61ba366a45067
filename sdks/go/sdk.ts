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
    await generate('go', join(directory, 'events'), {
      options: [
        '--additional-properties',
        OPTIONS,
        '--global-property',
        SDK_ALONE,
        '--model-name-mappings',
        'Event=StoredEvent',
      ],
    });
    return buildGo(directory);
  },
  knownFaults: {
    'events as they arrive': {
      fault: '`StreamEvents` returns when the stream ends: read it with `net/http`',
      issue: 'https://github.com/OpenAPITools/openapi-generator/issues/24543',
    },
  },
  notes:
    'pass `--model-name-mappings Event=StoredEvent`: otherwise the constructor of `Event` is named like the model `NewEvent`, and the SDK does not compile ([#21857](https://github.com/OpenAPITools/openapi-generator/issues/21857))',
};

/** Without the SDK's own tests, which need another package. */
const SDK_ALONE = 'apis,models,supportingFiles,apiTests=false,modelTests=false';
