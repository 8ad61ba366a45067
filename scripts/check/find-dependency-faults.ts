/** The parts of package.json that are read. */
export type Manifest = {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

export type Licensed = { name: string; version: string; license: string | undefined };

/** Why each runtime dependency is worth it; a new one needs its reason here. */
const REASONS: Record<string, string> = {
  mongodb: "MongoDB's own driver: retries, pools, and a role of AWS as its user",
  negotiator: 'negotiates Accept by RFC 9110, whose rules are many, in 6 kB',
  'openapi-backend': 'routes and validates requests by the contract',
  'temporal-polyfill': 'knows when days and months begin in a time zone, in 16 kB',
};

/** Licences that only ask for their text, which LICENSES.txt has. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/** Finds packages that are not pinned, runtime dependencies without a reason, and licences not allowed. */
export const findDependencyFaults = (manifest: Manifest, bundled: Licensed[]): string[] => {
  const runtime = Object.keys(manifest.dependencies ?? {});
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  return [
    ...Object.entries(all)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(
        ([name, version]) => `${name} is ${version}: pin one exact version, as npm install -E does`,
      ),
    ...runtime
      .filter((name) => !REASONS[name])
      .map(
        (name) =>
          `${name} is a runtime dependency: give its reason in ${PLACE}, or make it a devDependency`,
      ),
    ...Object.keys(REASONS)
      .filter((name) => !runtime.includes(name))
      .map((name) => `${name} has a reason in ${PLACE}, but is no dependency: remove the reason`),
    ...bundled
      .filter(({ license }) => !isAllowed(license))
      .map(
        ({ name, version, license }) =>
          `${name} ${version} is in the bundle under the licence ${license}: use another package, or allow the licence in ${PLACE}`,
      ),
  ];
};

const PLACE = 'scripts/check/find-dependency-faults.ts';

/** `(MIT OR GPL-2.0)` leaves a choice; any other SPDX expression needs a person to look at it. */
function isAllowed(license: unknown): boolean {
  const choices = String(license)
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ');
  return choices.some((choice) => LICENCES.has(choice));
}
