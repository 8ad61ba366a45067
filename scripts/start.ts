import { execa } from 'execa';
import { development } from '../cdktf/environment/environments.ts';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { startLocal } from './local/start-local.ts';
import { toWelcome } from './local/to-welcome.ts';

const { options } = readCommand('start', commands.start);
if (options.watch) await watch();

const directory = process.env.DATA_DIR || '.data';
const print = (line: string): void => console.log(line);
// Who read it, as in `npm start | head`, may be gone: the service goes on.
process.stdout.on('error', () => undefined);
const local = await startLocal({
  host: process.env.HOST || '127.0.0.1',
  port: toPort(process.env.PORT),
  apiKey: process.env.API_KEY || 'local-development-key',
  basePath: toBasePath(process.env.BASE_PATH),
  directory,
  api: development.api,
  events: development.events,
  report: print,
  ...(!options.quiet && { onReply: print }),
}).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(0));
local.failed.then((message) => {
  console.error(message);
  return stop(1);
});
// After that: who reads it may end this at once.
console.log(toWelcome(local.facts, process.stdout.isTTY && !process.env.NO_COLOR));

async function stop(exitCode: number): Promise<void> {
  // Ctrl-C reaches the whole process group, and npm passes it on once more.
  if (isStopping) return;
  isStopping = true;
  await local.stop();
  process.exit(exitCode);
}

/** Runs this again in a process of its own whenever a file that it has loaded changes; never returns. */
async function watch(): Promise<never> {
  const others = process.argv.slice(2).filter((argument) => argument !== '--watch');
  const args = ['watch', '--clear-screen=false', process.argv[1] ?? '', ...others];
  const { exitCode } = await execa('tsx', args, {
    preferLocal: true,
    stdio: 'inherit',
    reject: false,
  });
  return process.exit(exitCode ?? 1);
}

function toPort(text = ''): number {
  const port = Number(text || '8080');
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`PORT is ${text}: it must be a number from 0 to 65535`);
  return process.exit(1);
}

/** One segment, with or without slashes around it; empty for the root. */
function toBasePath(text = ''): string {
  const [, path] = /^\/?([\w.-]*)\/?$/.exec(text) ?? [];
  if (path !== undefined) return path;
  console.error(`BASE_PATH is ${text}: it must be one segment of letters, digits, -, _ and .`);
  return process.exit(1);
}
