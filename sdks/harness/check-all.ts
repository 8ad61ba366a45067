import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Service } from './check-sdk.ts';
import { checkSdk } from './check-sdk.ts';
import { DIST } from './places.ts';
import type { Result } from './result.ts';
import type { Sdk } from './sdk.ts';

/** How many SDKs to build at once: a compiler keeps more than one core busy. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));

/** Builds and checks SDKs, some in parallel; reports each as soon as it is finished. */
export const checkAll = async (
  sdks: [name: string, sdk: Sdk][],
  service: Service,
  tell: (result: Result) => void,
): Promise<Result[]> => {
  const results: Result[] = [];
  const queue = [...sdks.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, [name, sdk]] = next;
      const result = await checkOne(name, sdk, service);
      results[index] = result;
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
};

async function checkOne(name: string, sdk: Sdk, service: Service): Promise<Result> {
  const start = performance.now();
  const missing = sdk.needs.filter((tool) => !tool.isInstalled()).map((tool) => tool.name);
  const result = missing.length
    ? { skipped: `needs ${missing.join(', ')}` }
    : await buildAndCheck(name, sdk, service);
  return { name, sdk, seconds: (performance.now() - start) / 1_000, ...result };
}

async function buildAndCheck(name: string, sdk: Sdk, service: Service) {
  const directory = join(DIST, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    const command = await sdk.build(directory);
    return { outcomes: await checkSdk(command, service, sdk.knownFaults) };
  } catch (error) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }
}
