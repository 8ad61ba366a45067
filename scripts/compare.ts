import { existsSync, readFileSync } from 'node:fs';
import { major, valid } from 'semver';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import { createCompare } from './compare/compare.ts';
import { findBreaks } from './compare/find-breaks.ts';
import { findTypeBreaks } from './compare/find-type-breaks.ts';
import { listReleases } from './compare/list-releases.ts';
import { EVENT_TYPES, listKeptReleases } from './event-types/list-type-releases.ts';
import { readRegistry } from './generate/event-types/read-registry.ts';

const { words } = readCommand('compare', commands.compare);
const contracts = words.length > 0 ? words : ['generated/openapi.json'];
const versions = contracts.map((contract) => [contract, readVersion(contract)] as const);
const compare = createCompare();
if (!compare) {
  const message =
    'Go is not installed (go.dev): the contract was not compared with the releases; CI does that';
  console.error(`${process.env.CI ? '✖' : '⚠'} ${message}`);
  if (process.env.CI) process.exitCode = 1;
}
const releases = listReleases();
for (const [contract, version] of versions) {
  const newest = releases.at(-1)?.version;
  // A new major by hand would evade the comparison.
  if (newest && version !== newest) {
    fail(
      `${contract} has version ${version}, the newest release is ${newest}: only npm run release may change it`,
    );
  }
  for (const release of releases) {
    if (major(release.version) !== major(version)) {
      console.error(
        `⚠ ${contract} has version ${version}: it was not compared with ${release.version}`,
      );
      continue;
    }
    for (const fault of findBreaks(compare, release.contract, contract)) {
      fail(`${contract} breaks ${release.version}: ${fault}`);
    }
  }
}
const types = readRegistry(EVENT_TYPES);
for (const released of listKeptReleases(types.version)) {
  for (const fault of findTypeBreaks(released, types)) {
    fail(`${EVENT_TYPES} breaks ${released.version}: ${fault}`);
  }
}
if (compare && !process.exitCode) console.log(`${contracts}: compatible with all releases`);

/** Reads the version of a contract in JSON; refuses any other file. */
function readVersion(contract: string): string {
  if (!existsSync(contract)) refuse('compare', `${contract} does not exist`);
  try {
    const version = valid(JSON.parse(readFileSync(contract, 'utf8')).info.version);
    if (version) return version;
  } catch {
    // As of a file that has no version.
  }
  return refuse('compare', `${contract} is no contract`);
}

function fail(fault: string): void {
  console.error(`✖ ${fault}`);
  process.exitCode = 1;
}
