import type { CheckName } from './checks.ts';
import type { Tool } from './toolchain/tools.ts';

/** One generator: how an SDK is made of the contract, and how the program that uses it is started. */
export type Sdk = {
  generator: string;
  version: string;
  needs: Tool[];
  /** Generates and compiles in the directory, which is empty; returns the command that starts the driver. */
  build(directory: string): Promise<string[]>;
  /** Checks that the generator itself makes fail, with the reason; one that passes after all is a failure. */
  knownFaults?: Partial<Record<CheckName, string>>;
  /** What whoever uses this generator must know. */
  notes?: string;
};
