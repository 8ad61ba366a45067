import { createClient, createPageCache } from '@iot-events/client';
import { EVENT_TYPE, settings } from './settings.ts';

// Reads the device's events of the last day, requesting each page when it is needed; then the newest, and the hours.
const client = createClient({ ...settings, cache: createPageCache() });
const series = { deviceID: settings.deviceID, eventType: EVENT_TYPE };
const [since, until] = [Date.now() - 86_400_000, Date.now() + 1].map((ms) =>
  new Date(ms).toISOString(),
);
if (!since || !until) throw new Error('The clock is not set');

let count = 0;
for await (const { date, value } of client.events({ ...series, since, order: 'asc', limit: 100 })) {
  console.log(date, value);
  count += 1;
}
console.log(`${count} events`);
const { events } = await client.listLatestEvents({ deviceID: series.deviceID });
console.table(events);
const { intervals } = await client.summarizeEvents({ ...series, since, until, interval: 'PT1H' });
console.table(intervals);
