/** Of package.json. */
export type Manifest = {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

export type Licensed = { name: string; version: string; license: string | undefined };

/** What runs on AWS, and why each is worth it; another one needs its reason here. */
const REASONS: Record<string, string> = {
  mongodb: "MongoDB's own driver: retries, pools, and a role of AWS as its user",
  negotiator: 'Accept by RFC 9110, which is longer than it looks, in 6 kB',
  'openapi-backend':
    'takes each request to its operation by the contract, and refuses what is not in it',
};

/** They ask for no more than to be named with their text, which LICENSES.txt does. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/** What is wrong with the packages that this one is made of, in words. */
export const findDependencyFaults = (manifest: Manifest, bundled: Licensed[]): string[] => {
  const runtime = Object.keys(manifest.dependencies ?? {});
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  return [
    ...Object.entries(all)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(
        ([name, version]) =>
          `${name} is ${version}: give one exact version, as npm install -E does`,
      ),
    ...runtime
      .filter((name) => !REASONS[name])
      .map(
        (name) =>
          `${name} is to run on AWS: give its reason in ${PLACE}, or make it a devDependency`,
      ),
    ...Object.keys(REASONS)
      .filter((name) => !runtime.includes(name))
      .map((name) => `${name} has a reason in ${PLACE}, but is no dependency: take it out`),
    ...bundled
      .filter(({ license }) => !isAllowed(license))
      .map(
        ({ name, version, license }) =>
          `${name} ${version} is in the bundle under the licence ${license}: use another, or allow it in ${PLACE}`,
      ),
  ];
};

const PLACE = 'scripts/check/find-dependency-faults.ts';

/** Of `(MIT OR GPL-2.0)` one may choose; `AND`, and whatever else SPDX can say, someone must look at. */
function isAllowed(license: unknown): boolean {
  const choices = String(license)
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ');
  return choices.some((choice) => LICENCES.has(choice));
}
