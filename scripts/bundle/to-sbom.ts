import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ComponentType, HashAlgorithm, LifecyclePhase } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  LicenseExpression,
  Metadata,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneDxJson, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { BundledPackage } from './find-bundled-packages.ts';

type Manifest = { name: string; version: string; license: string; dependencies: object };
type Locked = { integrity?: string; dependencies?: object };

/**
 * Describes the bundle's packages in CycloneDX. It has no time and no serial number, so that the same code gives the
 * same text, byte for byte.
 */
export const toSbom = async (packages: BundledPackage[], root: string): Promise<string> => {
  const { packages: locked } = await readJson<{ packages: Record<string, Locked> }>(
    join(root, 'package-lock.json'),
  );
  const own = await readJson<Manifest>(join(root, 'package.json'));
  const application = toComponent(ComponentType.Application, own);
  const components = new Map(
    packages.map((each) => [each.folder, toComponent(ComponentType.Library, each)]),
  );
  for (const [folder, component] of components) {
    addHash(component, locked[folder]?.integrity);
    connect(component, folder, locked[folder]?.dependencies, components);
  }
  connect(application, '', own.dependencies, components);
  const bom = new Bom({ metadata: new Metadata({ component: application }) });
  bom.metadata.lifecycles.add(LifecyclePhase.Build);
  for (const component of components.values()) bom.components.add(component);
  const serializer = new JsonSerializer(new CycloneDxJson.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
};

const readJson = async <Content>(file: string): Promise<Content> =>
  JSON.parse(await readFile(file, 'utf8'));

function toComponent(
  type: ComponentType,
  { name, version, license }: Pick<BundledPackage, 'name' | 'version' | 'license'>,
): Component {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const component = new Component(type, short ?? name, { bomRef: purl, purl, version });
  if (group) component.group = group;
  component.licenses.add(
    isSupportedSpdxId(license) ? new SpdxLicense(license) : new LicenseExpression(license),
  );
  return component;
}

/** Adds the hash that npm checks a download against; package-lock.json has it in base64. */
function addHash(component: Component, integrity = ''): void {
  const [, sha512] = /^sha512-(\S+)$/.exec(integrity) ?? [];
  if (!sha512) throw new Error(`package-lock.json has no SHA-512 of ${component.name}`);
  component.hashes.set(HashAlgorithm['SHA-512'], Buffer.from(sha512, 'base64').toString('hex'));
}

/** Adds the dependencies of a component that are in the bundle. */
function connect(
  component: Component,
  folder: string,
  dependencies: object | undefined,
  components: Map<string, Component>,
): void {
  for (const name of Object.keys(dependencies ?? {})) {
    const found =
      components.get(`${folder}/node_modules/${name}`) ?? components.get(`node_modules/${name}`);
    if (found) component.dependencies.add(found.bomRef);
  }
}
