import type { Driver, LiveQuery } from './driver.ts';
import type { Reply } from './reply.ts';
import type { Stub } from './stub/stub.ts';

/** Calls an operation through the SDK. */
export type Ask = <Op extends keyof Driver>(
  op: Op,
  args: Parameters<Driver[Op]>[0],
  key?: string,
) => Promise<Awaited<ReturnType<Driver[Op]>>>;

/** What a check against the service can use. */
export type Scene = {
  ask: Ask;
  /** Reads from the service without an SDK. */
  read(path: string, query: Record<string, string>): Promise<Reply<unknown>>;
  /** Reads the place where a stream begins without an SDK. */
  readPlace(query: Pick<LiveQuery, 'deviceID' | 'eventType'>): Promise<string>;
  /** A device that no other SDK uses. */
  deviceID: string;
};

/** What a check against the stub can use. */
export type StubScene = { ask: Ask; stub: Stub; deviceID: string };
