import { connect } from '../../src/database/connect.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createOurs } from './ours.ts';

const [, , size = ''] = process.argv;
void takePeak(Number(size));

/** Reads each page of a day a hundred times, and prints the peak. */
async function takePeak(of: number): Promise<void> {
  const client = connect(process.env.MONGODB_URI ?? '');
  const { read } = createOurs(collectionOf(client));
  for (let round = 0; round < 100; round += 1) {
    for (const kind of ['newest 10', 'oldest 10', 'middle 10, by since', 'oldest 1,000'] as const)
      await read(kind, of);
  }
  await client.close();
  // maxRSS is in kibibytes.
  process.stdout.write(JSON.stringify({ rss: process.resourceUsage().maxRSS * 1_024 }));
}
