import { randomUUID } from 'node:crypto';
import { freemem } from 'node:os';
import { createClient, createQueue } from '@iot-events/client';
import { createFileStore } from '@iot-events/client/node';
import { mendDate, readClock } from './mend-date.ts';
import { EVENT_TYPE, settings } from './settings.ts';

// A device that measures this machine's free memory and never waits for the network: it adds events to a
// queue, which sends them in batches, retries after random pauses while it is offline, and saves them in waiting.json.
const { deviceID, intervalMs } = settings;
const client = createClient(settings);
const queue = createQueue(client, {
  store: createFileStore('waiting.json'),
  flushIntervalMs: 3 * intervalMs,
  onError: (error) => console.log(`offline, ${queue.size} waiting: ${error}`),
  onRejected(event, error) {
    const mended = mendDate(event, error);
    if (mended) queue.add(mended);
    else console.error('rejected', event, error.message);
  },
  onDropped: (event, reason) => console.error('dropped', event, reason),
});

// Ids of this run differ from those of any other. With one, an event is stored once, even without a date or with another.
const run = randomUUID();
let readings = 0;

const sensor = setInterval(() => {
  const [date, value] = [readClock(), Math.round(freemem() / 2 ** 20)];
  readings += 1;
  const reading = { deviceID, eventType: EVENT_TYPE, id: `${run}/${readings}`, value };
  queue.add(date ? { ...reading, date } : reading);
  console.log(`${date ?? 'no date'} ${value} MB, ${queue.size} waiting`);
}, intervalMs);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);

async function end(): Promise<void> {
  clearInterval(sensor);
  const left = await queue.close({ deadlineMs: 2_000 });
  console.log(left === 0 ? 'all sent' : `${left} waiting for the next start`);
  process.exit();
}
