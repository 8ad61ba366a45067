import type { Client, Device } from '../../../clients/typescript/src/index.ts';

/** The devices of the API, in the order of their ids. */
export type Fleet = {
  devices: readonly Device[];
  /** Whether these are all. */
  isWhole: boolean;
};

const PAGE = 1000;
// More make a page slow, and are found by their id anyway.
const MAX_DEVICES = 20_000;

/** Reads the fleet page by page, or the devices from which nothing was received since an instant. */
export const readFleet = async (
  client: Client,
  silentSince: Date | undefined,
  signal: AbortSignal,
): Promise<Fleet> => {
  const lastReceivedBefore = silentSince?.toISOString();
  const query = { limit: PAGE, ...(lastReceivedBefore && { lastReceivedBefore }) };
  const devices: Device[] = [];
  for await (const page of client.devices(query, { signal }).pages()) {
    devices.push(...page.devices);
    if (devices.length >= MAX_DEVICES && page.nextCursor) return { devices, isWhole: false };
  }
  return { devices, isWhole: true };
};
