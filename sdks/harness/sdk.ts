import type { CheckName } from './check-name.ts';
import type { Tool } from './toolchain/tools.ts';

/** A generator: how it generates an SDK from the contract, and how the driver that uses the SDK is started. */
export type Sdk = {
  generator: string;
  version: string;
  needs: Tool[];
  /** Generates and compiles in an empty directory; returns the command that starts the driver. */
  build(directory: string): Promise<string[]>;
  /** Checks that fail because of the generator. If such a check passes, that is a failure. */
  knownFaults?: Partial<Record<CheckName, KnownFault>>;
  /** What users of this generator must know. */
  notes?: string;
};

/** Why a check fails, and the address of the generator's issue; `undefined` if no issue reports it. */
export type KnownFault = { fault: string; issue: string | undefined };
