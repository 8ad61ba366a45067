import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const GENERATED = 'generated';

const results = [isGeneratedCurrent(), succeeds('biome ci --colors=off'), succeeds('tsc')];
if (results.includes(false)) process.exit(1);
console.log('check: generated/ is current, biome and tsc are content');

/** Makes generated/ anew, in place, and tells whether that changed anything. */
function isGeneratedCurrent(): boolean {
  const before = readGenerated();
  if (!succeeds('npm run --silent generate')) return false;
  const after = readGenerated();
  const stale = [...after].filter(([name, text]) => before.get(name) !== text);
  for (const [name] of stale) {
    console.error(`✖ ${GENERATED}/${name} was stale; it has just been made anew: commit it`);
  }
  return stale.length === 0;
}

function readGenerated(): Map<string, string> {
  const names = readdirSync(GENERATED);
  return new Map(names.map((name) => [name, readFileSync(`${GENERATED}/${name}`, 'utf8')]));
}

/** Runs one step; npm puts the tools of node_modules on the path. */
function succeeds(command: string): boolean {
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (status !== 0) console.error(`✖ ${command} failed`);
  return status === 0;
}
