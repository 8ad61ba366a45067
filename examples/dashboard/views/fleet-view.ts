import type { Client } from '../../../clients/typescript/src/index.ts';
import type { createFleetTable } from '../page/fleet-table.ts';
import { readFleet } from '../service/read-fleet.ts';
import type { Work } from '../service/updates.ts';

const POLL_MS = 15_000;
// A big fleet is read less often: reading takes a tenth of the time at most.
const SHARE = 10;

/** The fleet: it has no stream, so it is read again and again. */
export const createFleetView = (
  client: Client,
  table: ReturnType<typeof createFleetTable>,
): Pick<Work, 'read' | 'toFollow' | 'pollMs'> => {
  let tookMs = 0;
  return {
    async read(signal) {
      const start = performance.now();
      table.show(await readFleet(client, table.silentSince(), signal));
      tookMs = performance.now() - start;
    },
    toFollow: () => undefined,
    pollMs: () => Math.max(POLL_MS, tookMs * SHARE),
  };
};
