import { randomUUID } from 'node:crypto';
import type { CheckName } from './checks.ts';
import { CHECKS } from './checks.ts';
import type { Driver, Problem, Reply } from './driver.ts';
import type { Scene } from './scene.ts';
import type { Sdk } from './sdk.ts';
import type { DriverProcess } from './start-driver.ts';
import { startDriver } from './start-driver.ts';

/** The service that the SDKs talk to. */
export type Service = { url: URL; key: string };

/** The outcome of a check: passed, failed with a fault, or failed for a known reason. */
export type Outcome = { check: CheckName; fault?: string; known?: string };

/** Starts the driver of an SDK, and runs all checks with it. */
export const checkSdk = async (
  command: string[],
  { url, key }: Service,
  knownFaults: Sdk['knownFaults'] = {},
): Promise<Outcome[]> => {
  let driver: DriverProcess | undefined;
  const scene: Scene = {
    deviceID: randomUUID(),
    ask(op, args, otherKey) {
      driver ??= startDriver(command, { BASE_URL: url.origin });
      return driver.ask({ op, args: args ?? {}, key: otherKey ?? key }) as ReturnType<
        Driver[typeof op]
      > as never;
    },
    read: (path, query) => read(url, key, path, query),
  };
  const outcomes: Outcome[] = [];
  for (const check of Object.keys(CHECKS) as CheckName[]) {
    const fault = await findFault(CHECKS[check], scene);
    // If the driver crashed, the next check starts it again.
    if (fault?.startsWith('the driver ended')) driver = undefined;
    outcomes.push(toOutcome(check, fault, knownFaults[check]));
  }
  await driver?.stop();
  return outcomes;
};

async function findFault(
  check: (scene: Scene) => Promise<void>,
  scene: Scene,
): Promise<string | undefined> {
  try {
    await check(scene);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toOutcome(check: CheckName, fault?: string, known?: string): Outcome {
  if (known && !fault) return { check, fault: `passes, but is listed as known to fail: ${known}` };
  if (known) return { check, known };
  return { check, ...(fault && { fault }) };
}

async function read(
  url: URL,
  key: string,
  path: string,
  query: Record<string, string>,
): Promise<Reply<unknown>> {
  const response = await fetch(new URL(`${path}?${new URLSearchParams(query)}`, url), {
    headers: { 'x-api-key': key },
  });
  const body: unknown = await response.json();
  const { status } = response;
  return response.ok ? { status, data: body } : { status, problem: body as Problem };
}
