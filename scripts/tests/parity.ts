import { randomUUID } from 'node:crypto';
import { commands } from '../command-line/commands.ts';
import { readCommand, refuse } from '../command-line/read-command.ts';
import { runVitest } from './run-vitest.ts';

readCommand('parity', commands.parity);
const { BASE_URL: given = '', API_KEY = '' } = process.env;
if (!/^https?:$/.test(URL.parse(given)?.protocol ?? '')) {
  refuse('parity', given ? `BASE_URL is ${given}, which is no http or https URL` : 'Set BASE_URL');
}
const url = given.replace(/\/+$/, '');
const fault = await findFault();
if (fault) {
  console.error(`✖ ${fault}`);
  process.exit(1);
}
console.log(`Comparing ${url} with the router on this machine`);
// BASE_URL is vitest's own.
const exitCode = await runVitest(['--silent=passed-only', 'test/parity/parity.test.ts'], {
  PARITY_URL: url,
});
if (exitCode === 0) console.log(`${url} answered as the router on this machine does`);
process.exitCode = exitCode;

/** What keeps the comparison from telling anything. */
async function findFault(): Promise<string | undefined> {
  const health = await ask('/health');
  if (typeof health === 'string') return `${url} does not answer: ${health}`;
  if (health.status !== 200) return `GET ${url}/health is answered with ${health.status}, not 200`;
  const read = await ask(`/events/latest?deviceID=${randomUUID()}`);
  if (typeof read === 'string') return `${url} does not answer: ${read}`;
  if (read.status === 403) return `${url} refuses the key in API_KEY: it needs every scope`;
  return read.status === 200 ? undefined : `${url} answers a read with ${read.status}, not 200`;
}

async function ask(path: string): Promise<Response | string> {
  try {
    return await fetch(`${url}${path}`, { headers: { 'x-api-key': API_KEY } });
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message || String(cause) : message;
  }
}
