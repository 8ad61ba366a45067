import type { Driver, Reply } from './driver.ts';

/** What a check has at hand. */
export type Scene = {
  /** Has the SDK call an operation. */
  ask<Op extends keyof Driver>(
    op: Op,
    args: Parameters<Driver[Op]>[0],
    key?: string,
  ): Promise<Awaited<ReturnType<Driver[Op]>>>;
  /** Asks the service itself, without any SDK. */
  read(path: string, query: Record<string, string>): Promise<Reply<unknown>>;
  /** A device that no other SDK sends for. */
  deviceID: string;
};
