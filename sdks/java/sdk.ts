import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { SDKS } from '../harness/places.ts';
import type { Sdk } from '../harness/sdk.ts';
import { java, maven } from '../harness/toolchain/tools.ts';
import { copyDependencies, generate, VERSION } from '../openapi-generator/generate.ts';

export const openapiGeneratorJava: Sdk = {
  generator: 'openapi-generator java',
  version: VERSION,
  needs: [java, maven],
  async build(directory) {
    await generate('java', directory, { options: ['--library', 'native'] });
    const jars = join(directory, 'jars');
    await copyDependencies(join(directory, 'pom.xml'), jars);
    const sources = join(directory, 'src/main/java');
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.java'))
      .map((file) => join(sources, file));
    const classes = join(directory, 'classes');
    const driver = join(SDKS, 'java/Driver.java');
    await execa('javac', ['-nowarn', '-cp', `${jars}/*`, '-d', classes, driver, ...files]);
    return ['java', '-cp', `${classes}:${jars}/*`, 'Driver'];
  },
  knownFaults: {
    'exports lines': {
      fault: 'the native library reads every body as JSON: export with an HTTP client of your own',
      issue: 'https://github.com/OpenAPITools/openapi-generator/issues/19491',
    },
    'events as they arrive': {
      fault: '`streamEvents` waits for the end of the stream: use an HTTP client of your own',
      issue: 'https://github.com/OpenAPITools/openapi-generator/issues/6123',
    },
    'server-sent events': {
      fault: 'the native library reads every body as JSON: use an HTTP client of your own',
      issue: 'https://github.com/OpenAPITools/openapi-generator/issues/19491',
    },
  },
  notes:
    'use `--library native` (Jackson): the default library uses Gson, which drops nulls inside a value ([#21504](https://github.com/OpenAPITools/openapi-generator/issues/21504))',
};
