import autocannon from 'autocannon';
import { toLoadReport } from '../end-to-end/to-load-report.ts';

const [, , url = '', connections = '', seconds = ''] = process.argv;

void load();

/** Asks for the same thing again and again, and prints a report. */
async function load(): Promise<void> {
  const result = await autocannon({
    url: `${url}/hello`,
    connections: Number(connections),
    duration: Number(seconds),
  });
  process.stdout.write(JSON.stringify(toLoadReport(result)));
}
