import { readFileSync } from 'node:fs';
import { major } from 'semver';
import { createCompare } from './compare/compare.ts';
import { findBreaks } from './compare/find-breaks.ts';
import { listReleases } from './compare/list-releases.ts';

// npm run compare [-- contract.json …]: holds contracts against every release that they must not break.
const [given, ...others] = process.argv.slice(2);
const contracts = given ? [given, ...others] : ['generated/openapi.json'];
const compare = createCompare();
if (!compare) {
  const message = 'there is no Go here (go.dev): what was released is not compared, as CI does';
  console.error(`${process.env.CI ? '✖' : '⚠'} ${message}`);
  if (process.env.CI) process.exitCode = 1;
}
const releases = listReleases();
for (const contract of contracts) {
  const { version } = JSON.parse(readFileSync(contract, 'utf8')).info;
  const newest = releases.at(-1)?.version;
  // By hand, a major would be the way around this check.
  if (newest && version !== newest) {
    fail(`${contract} is ${version}, the newest release is ${newest}: npm run release counts on`);
  }
  for (const release of releases) {
    if (major(release.version) !== major(version)) {
      console.error(`⚠ ${contract} is ${version}: it was not compared with ${release.version}`);
      continue;
    }
    for (const fault of findBreaks(compare, release.contract, contract)) {
      fail(`${contract} breaks ${release.version}: ${fault}`);
    }
  }
}
if (compare && !process.exitCode) console.log(`${contracts}: no client of a release breaks`);

function fail(fault: string): void {
  console.error(`✖ ${fault}`);
  process.exitCode = 1;
}
