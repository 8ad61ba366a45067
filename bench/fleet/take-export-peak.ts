import { Writable } from 'node:stream';
import { connect } from '../../src/database/connect.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { toNewEvent, toProxyEvent } from '../harness/requests.ts';
import type { ExportPeak } from './export-peak.ts';

void takePeak();

/** Exports all events of the device into nothing, and prints the peak. */
async function takePeak(): Promise<void> {
  const client = connect(process.env.MONGODB_URI ?? '');
  await client.connect();
  const { stream } = createApiHandlers(client);
  const rssBefore = toPeak();
  const counts = { lines: 0, bytes: 0, firstByteMs: 0 };
  const start = performance.now();
  const sink = new Writable({
    write(part: Buffer, _, done) {
      counts.firstByteMs ||= performance.now() - start;
      counts.bytes += part.length;
      for (const byte of part) if (byte === 10) counts.lines += 1;
      done();
    },
  });
  const { deviceID, date } = toNewEvent(0);
  await stream(toProxyEvent('GET', '/events/export', { deviceID, since: date }), () => sink);
  const peak: ExportPeak = {
    ...counts,
    totalMs: performance.now() - start,
    rss: toPeak(),
    rssBefore,
  };
  await client.close();
  process.stdout.write(`\n${JSON.stringify(peak)}`);
}

/** maxRSS is in kibibytes. */
const toPeak = (): number => process.resourceUsage().maxRSS * 1_024;
