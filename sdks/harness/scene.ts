import type { Driver, Reply } from './driver.ts';

/** What a check can use. */
export type Scene = {
  /** Calls an operation through the SDK. */
  ask<Op extends keyof Driver>(
    op: Op,
    args: Parameters<Driver[Op]>[0],
    key?: string,
  ): Promise<Awaited<ReturnType<Driver[Op]>>>;
  /** Reads from the service without an SDK. */
  read(path: string, query: Record<string, string>): Promise<Reply<unknown>>;
  /** A device that no other SDK uses. */
  deviceID: string;
};
