import { createClient, createPageCache } from '@iot-events/client';
import { EVENT_TYPE, settings } from './settings.ts';

// Reads the device's events of the last day, requesting each page when it is needed; then the newest, and the hours.
const client = createClient({ ...settings, cache: createPageCache() });
const series = { deviceID: settings.deviceID, eventType: EVENT_TYPE };
const [from, to] = [Date.now() - 86_400_000, Date.now() + 1].map((ms) =>
  new Date(ms).toISOString(),
);
if (!from || !to) throw new Error('The clock is not set');

let count = 0;
for await (const { date, value } of client.events({ ...series, from, order: 'asc', limit: 100 })) {
  console.log(date, value);
  count += 1;
}
console.log(`${count} events`);
console.table(await client.getLatestEvents({ deviceID: series.deviceID }));
console.table(await client.getEventSummary({ ...series, from, to, interval: 'PT1H' }));
