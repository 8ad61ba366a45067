import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CONTRACT, SDKS } from '../harness/places.ts';
import { once } from '../harness/toolchain/once.ts';

const POM = join(SDKS, 'openapi-generator/pom.xml');

/** The version of openapi-generator, from pom.xml. */
export const [, VERSION = ''] =
  /cli<\/artifactId>\s*<version>(.*)<\/version>/.exec(readFileSync(POM, 'utf8')) ?? [];

/** Runs openapi-generator from Maven Central. Its output is only shown if it fails. */
export const generate = async (
  generator: string,
  output: string,
  { options = [], contract = CONTRACT }: { options?: string[]; contract?: string } = {},
): Promise<void> => {
  const jar = await once('openapi-generator', POM, fetchJar);
  const args = ['--generator-name', generator, '--input-spec', contract, '--output', output];
  await execa('java', [
    '-jar',
    join(jar, `openapi-generator-cli-${VERSION}.jar`),
    'generate',
    ...args,
    ...options,
  ]);
};

const fetchJar = (outputDirectory: string) => copyDependencies(POM, outputDirectory);

/** Copies the jars that a pom names into a folder, by Maven. */
export const copyDependencies = async (pom: string, outputDirectory: string): Promise<void> => {
  const options = ['--quiet', '--batch-mode', '--file', pom, '-DincludeScope=compile'];
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
  await execa('mvn', [...options, `-DoutputDirectory=${outputDirectory}`, goal]);
};
