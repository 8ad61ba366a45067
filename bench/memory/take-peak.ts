import { loadHandler } from '../harness/load-handler.ts';
import { toNewEvent, toPost } from '../harness/requests.ts';
import type { Peak } from './peak.ts';

const [, , file = '', events = '1', eventType] = process.argv;
void takePeak(file, Number(events));

/** Loads the function, lets it store one batch, and prints the peak. */
async function takePeak(file: string, count: number): Promise<void> {
  const batch = Array.from({ length: count }, (_, nth) => toNewEvent(nth, eventType));
  const request = toPost({ events: batch }, '/events/batch');
  const { body } = await (await loadHandler(file))(request);
  const { results }: { results: { status: string }[] } = JSON.parse(body);
  const peak: Peak = {
    // maxRSS is in kibibytes.
    rss: process.resourceUsage().maxRSS * 1_024,
    bodyBytes: Buffer.byteLength(request.body ?? ''),
    created: results.filter(({ status }) => status === 'created').length,
  };
  process.stdout.write(JSON.stringify(peak));
  process.exit(peak.created === count ? 0 : 1);
}
