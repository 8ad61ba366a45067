import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle/bundle.ts';

type Component = {
  purl: string;
  name: string;
  version: string;
  hashes: { alg: string; content: string }[];
  licenses: { license?: { id?: string }; expression?: string }[];
};
type Sbom = {
  metadata: object;
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
};

const directory = mkdtempSync(join(tmpdir(), 'iot-events-sbom-'));
const SCHEMAS = 'node_modules/@cyclonedx/cyclonedx-library/res/schema';
let text = '';
let sbom: Sbom;

beforeAll(async () => {
  await bundle(directory);
  text = readFileSync(join(directory, 'sbom.json'), 'utf8');
  sbom = JSON.parse(text);
});
afterAll(() => rmSync(directory, { recursive: true }));

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** CycloneDX's schema for the version in the text. */
const createValidator = () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  // Formats for non-ASCII addresses, of which there are none here.
  for (const name of ['idn-email', 'iri-reference']) ajv.addFormat(name, true);
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    ajv.addSchema({
      ...readJson(`${SCHEMAS}/${name}`),
      $id: `http://cyclonedx.org/schema/${name}`,
    });
  }
  return ajv.compile(readJson(`${SCHEMAS}/bom-1.6.SNAPSHOT.schema.json`));
};

/** The packages in the bundle, from its source maps. */
const packagesInMaps = (): Set<string> => {
  const sources = ['api', 'load-api', 'migration'].flatMap(
    (name): string[] => readJson(join(directory, `maps/${name}.cjs.map`)).sources,
  );
  return new Set(
    sources.flatMap((source) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []),
  );
};

describe('the SBOM', () => {
  it("is what CycloneDX's schema asks for", () => {
    const validate = createValidator();

    expect(validate(sbom), JSON.stringify(validate.errors)).toBe(true);
    const [component, ...others] = sbom.components;
    const wrong = { ...component, hashes: [{ alg: 'SHA-512', content: 'none' }] };
    expect(validate({ ...sbom, components: [wrong, ...others] })).toBe(false);
  });

  it('has every package that the bundle has, at its version, and no other', () => {
    const purls = [...packagesInMaps(), 'ajv', 'ajv-formats', 'fast-deep-equal'].map((name) => {
      const { version } = readJson(`node_modules/${name}/package.json`);
      return `pkg:npm/${name.replace('@', '%40')}@${version}`;
    });

    expect(sbom.components.map(({ purl }) => purl).sort()).toEqual(purls.sort());
    expect(purls.length).toBeGreaterThan(10);
  });

  it('has the licence of each, and the hash that npm holds it to', () => {
    const { packages } = readJson('package-lock.json');
    for (const { purl, hashes, licenses } of sbom.components) {
      const name = decodeURIComponent(purl.slice('pkg:npm/'.length, purl.lastIndexOf('@')));
      const { integrity } = packages[`node_modules/${name}`];
      const [hash] = hashes;

      expect(licenses[0]?.license?.id ?? licenses[0]?.expression).toBeTruthy();
      expect(`sha512-${Buffer.from(hash?.content ?? '', 'hex').toString('base64')}`).toBe(
        integrity,
      );
    }
  });

  it('tells which package brought which', () => {
    const refs = new Set(sbom.components.map(({ purl }) => purl));
    const own = sbom.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/iot-events-api@'));
    const brought = sbom.dependencies.flatMap(({ dependsOn = [] }) => dependsOn);

    expect(own?.dependsOn?.map((ref) => ref.replace(/@[^@]+$/, ''))).toEqual([
      'pkg:npm/mongodb',
      'pkg:npm/negotiator',
      'pkg:npm/openapi-backend',
      'pkg:npm/temporal-polyfill',
    ]);
    expect(brought.filter((ref) => !refs.has(ref))).toEqual([]);
    expect(brought.some((ref) => ref.startsWith('pkg:npm/bson@'))).toBe(true);
  });

  it('is the same text for the same code', async () => {
    await bundle(directory);

    expect(readFileSync(join(directory, 'sbom.json'), 'utf8')).toBe(text);
    expect(text).not.toMatch(/serialNumber|timestamp/);
  });
});
