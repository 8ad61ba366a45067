import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// node build-code-caches.cjs <directory of the function>; by the Node version that will run the function.
const [directory = '.'] = process.argv.slice(2);

/** The sizes that `functions.memoryMb` of an environment should have; others work without a cache. */
const MEMORY_MB = [512, 1024, 2048];

// Lambda gives a tenth of the memory to young objects and the rest to old ones, and some versions of it add
// --expose-gc. Each set of flags needs a cache of its own.
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
