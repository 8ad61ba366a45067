import type { Sdk } from '../harness/sdk.ts';
import { checkPython } from '../harness/toolchain/python.ts';
import { java, maven, python } from '../harness/toolchain/tools.ts';
import { generate, VERSION } from '../openapi-generator/generate.ts';

export const openapiGeneratorPython: Sdk = {
  generator: 'openapi-generator python',
  version: VERSION,
  needs: [java, maven, python],
  async build(directory) {
    await generate('python', directory);
    return checkPython('python', directory);
  },
  knownFaults: {
    'exports lines': {
      fault:
        'decodes JSON and `text/*` alone: take NDJSON from `export_events_without_preload_content`, or CSV with `_headers={"Accept": "text/csv"}`',
      issue: 'https://github.com/OpenAPITools/openapi-generator/issues/19190',
    },
  },
  notes:
    '`stream_events` returns when the stream ends: use `stream_events_without_preload_content`',
};
