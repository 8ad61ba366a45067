import type { Client } from '../../clients/typescript/src/client.ts';

/** Events of one device and type, the newest first. */
export type Series = { deviceID: string; eventType: string; values: unknown[] };

/** How much to read at most. */
export type Bounds = { devices: number; events: number };

// Nothing is older: an event's date has four digits for its year.
const BEGINNING = '0000-01-01T00:00:00Z';

/** Reads the newest events of each type of each device, or of one type, a series at a time. */
export async function* readStored(
  client: Client,
  { devices, events }: Bounds,
  only?: string,
): AsyncGenerator<Series> {
  let left = devices;
  for await (const { deviceID } of client.devices({ limit: Math.min(left, 1_000) })) {
    if (left-- <= 0) return;
    for await (const { eventType } of client.deviceEventTypes(deviceID, { limit: 1_000 })) {
      if (only !== undefined && eventType !== only) continue;
      const query = { deviceID, eventType, since: BEGINNING, limit: events };
      const page = await client.listEvents(query);
      yield { deviceID, eventType, values: page.events.map(({ value }) => value) };
    }
  }
}
