import { randomUUID } from 'node:crypto';
import type { CheckName } from './check-name.ts';
import { CHECKS } from './checks/checks.ts';
import { readPlace } from './read-place.ts';
import type { Problem, Reply } from './reply.ts';
import type { Ask, Scene } from './scene.ts';
import type { KnownFault, Sdk } from './sdk.ts';
import type { DriverProcess } from './start-driver.ts';
import { startDriver } from './start-driver.ts';
import { startStub } from './stub/stub.ts';
import { STUB_CHECKS } from './stub/stub-checks.ts';

/** The service that the SDKs talk to. */
export type Service = { url: URL; key: string };

/** The outcome of a check: passed, failed with a fault, or failed for a known reason. */
export type Outcome = { check: CheckName; fault?: string; known?: KnownFault; saw?: string };

/** Runs all checks of an SDK: with one driver against the service, and with another against the stub. */
export const checkSdk = async (
  command: string[],
  { url, key }: Service,
  knownFaults: Sdk['knownFaults'] = {},
): Promise<Outcome[]> => {
  const stub = await startStub();
  const deviceID = randomUUID();
  const real = new Asker(command, url, key);
  const stubbed = new Asker(command, stub.url, key);
  const read: Scene['read'] = (path, query) => readDirectly(url, key, path, query);
  const scene: Scene = {
    ask: real.ask,
    read,
    readPlace: (query) => readPlace(url, key, query),
    deviceID,
  };
  const outcomes: Outcome[] = [];
  for (const [check, run] of Object.entries(CHECKS)) {
    const result = await real.attempt(() => run(scene));
    outcomes.push(toOutcome(check as CheckName, result, knownFaults));
  }
  for (const [check, run] of Object.entries(STUB_CHECKS)) {
    const result = await stubbed.attempt(() => run({ ask: stubbed.ask, stub, deviceID }));
    outcomes.push(toOutcome(check as CheckName, result, knownFaults));
  }
  await Promise.all([real.stop(), stubbed.stop()]);
  stub.stop();
  return outcomes;
};

type Attempt = { fault?: string; saw?: string };

/** Asks a driver, which it starts when it is first needed, and again after a crash. */
class Asker {
  #driver: DriverProcess | undefined;
  readonly #start: () => DriverProcess;
  readonly #key: string;

  constructor(command: string[], url: URL, key: string) {
    this.#start = () => startDriver(command, { BASE_URL: url.origin });
    this.#key = key;
  }

  readonly ask: Ask = (op, args, key = this.#key) => {
    this.#driver ??= this.#start();
    return this.#driver.ask({ op, args: args ?? {}, key }) as never;
  };

  /** Runs a check. */
  async attempt(check: () => Promise<unknown>): Promise<Attempt> {
    try {
      const saw = await check();
      return typeof saw === 'string' ? { saw } : {};
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      if (fault.startsWith('the driver ended')) this.#driver = undefined;
      return { fault };
    }
  }

  async stop(): Promise<void> {
    await this.#driver?.stop();
  }
}

function toOutcome(
  check: CheckName,
  { fault, saw }: Attempt,
  knownFaults: NonNullable<Sdk['knownFaults']>,
): Outcome {
  const known = knownFaults[check];
  if (known && !fault) {
    return { check, fault: `passes, but is listed as known to fail: ${known.fault}` };
  }
  if (known) return { check, known };
  return { check, ...(fault && { fault }), ...(saw && { saw }) };
}

async function readDirectly(
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
