import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// node build-code-caches.cjs <directory of the function>, with the very Node that is to run it.
const [directory = '.'] = process.argv.slice(2);

/** `functions.memoryMb` of an environment; another size works too, without a cache. */
const MEMORY_MB = [512, 1024, 2048];

// Lambda starts Node with a tenth of the memory for young objects and the rest for old ones, and on some
// versions with --expose-gc; each set of flags has a cache of its own.
for (const memory of MEMORY_MB) {
  const young = Math.floor(memory / 10);
  const flags = [
    `--max-semi-space-size=${Math.floor(young / 2)}`,
    `--max-old-space-size=${memory - young}`,
  ];
  for (const more of [[], ['--expose-gc']]) buildCodeCache([...flags, ...more]);
}
buildCodeCache([]);

function buildCodeCache(flags: string[]): void {
  const script = join(__dirname, 'build-code-cache.cjs');
  execFileSync(process.execPath, [...flags, script, directory], { stdio: 'inherit' });
}
