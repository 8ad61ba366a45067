import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../scripts/command-line/commands.ts';
import { parseCommand } from '../scripts/command-line/read-command.ts';
import { startLocal } from '../scripts/local/start-local.ts';
import { findFreePort } from '../scripts/shared/find-free-port.ts';
import { createDevice } from '../scripts/simulate/device/device.ts';
import { createRandom } from '../scripts/simulate/device/random.ts';
import { toTraits } from '../scripts/simulate/device/traits.ts';
import { createLedger } from '../scripts/simulate/ledger/ledger.ts';
import type { Count } from '../scripts/simulate/ledger/tally.ts';
import { createTally } from '../scripts/simulate/ledger/tally.ts';
import { parseOptions } from '../scripts/simulate/parse-options.ts';
import { useDatabase } from './harness/database.ts';
import { API_KEY, useLocalService } from './harness/local-service.ts';
import { endProcess, readUrl, startProcess } from './harness/service-process.ts';
import { simulate } from './simulate/simulator-process.ts';

const TIMEOUT_MS = 180_000;

const service = useLocalService();
const database = useDatabase();
const running: ChildProcess[] = [];
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

function start(port: number): ChildProcess {
  const env = { PORT: String(port), API_KEY, MONGODB_URI: database.uri };
  const child = startProcess(directory, env);
  running.push(child);
  return child;
}

const parse = (args: string[]) =>
  parseOptions(parseCommand(commands.simulate, args)?.options ?? {}, {});

describe('npm run simulate', { timeout: TIMEOUT_MS }, () => {
  it('finds all in order with a service of its own', { tags: 'long' }, async () => {
    const args = ['--start', '--devices', '20', '--rate', '60', '--for', '2s'];
    const { code, stdout, report } = await simulate(args, { apiKey: API_KEY });

    expect(stdout).toContain('acknowledged events is stored exactly once');
    expect(code).toBe(0);
    expect(report?.counts.acknowledged).toBe(report?.counts.made);
    expect(report?.verified.stored).toBe(report?.counts.made);
  });

  it('does so whatever the devices do', { tags: 'long', timeout: TIMEOUT_MS }, async () => {
    const args = ['--start', '--devices', '60', '--rate', '300', '--for', '8s', '--seed', '7'];
    const { code, stdout, stderr, report } = await simulate(args, { apiKey: API_KEY });

    expect(stdout + stderr).toContain('acknowledged events is stored exactly once');
    expect(code).toBe(0);
    expect(BEHAVIOUR.filter((count) => report?.counts[count] === 0)).toEqual([]);
    expect(report?.counts.acknowledged).toBe(report?.counts.made);
    expect(report?.verified.stored).toBe(report?.counts.made);
    expect(report?.backlog).toBe(0);
    expect(report?.service?.databaseConnections).toBeGreaterThan(0);
    expect(report?.service?.databaseConnections).toBeLessThanOrEqual(3);
    expect(stdout + JSON.stringify(report)).not.toContain(API_KEY);
  });

  it('lives with a service that sheds most of its requests', {
    tags: 'long',
    timeout: TIMEOUT_MS,
  }, async () => {
    const quota = { limit: 1_000_000, period: 'DAY' } as const;
    const local = await startLocal({
      port: 0,
      apiKey: API_KEY,
      report: () => undefined,
      directory: join(directory, 'shedding'),
      api: { keys: 'scoped', rate: 8, burst: 4, quota },
      events: {},
      mongodbUri: database.uri,
    });
    const { code, report } = await simulate(toArgs(local.url, { rate: 100 }), { apiKey: API_KEY });
    await local.stop();

    expect(code).toBe(0);
    expect(report?.counts.shed).toBeGreaterThan(0);
    expect(report?.counts.serverErrors).toBe(0);
    expect(report?.counts.acknowledged).toBe(report?.counts.made);
  });

  it('finds nothing lost or doubled when the service is killed under load', {
    tags: 'long',
    timeout: TIMEOUT_MS,
  }, async () => {
    const port = await findFreePort();
    await readUrl(start(port));
    let restarted: Promise<void> | undefined;
    const restart = async (): Promise<void> => {
      await sleep(2_000);
      for (const child of running.splice(0)) await endProcess(child, 'SIGKILL');
      start(port);
    };
    const args = toArgs(`http://127.0.0.1:${port}`, { rate: 40, seconds: 8 });
    const { code, stdout, report } = await simulate(args, {
      apiKey: API_KEY,
      onSending() {
        restarted = restart();
      },
    });
    await restarted;

    expect(stdout).toContain('acknowledged events is stored exactly once');
    expect(code).toBe(0);
    expect(report?.counts.unreachable).toBeGreaterThan(0);
    expect(report?.counts.acknowledged).toBe(report?.counts.made);
  });

  it('keeps a fleet running until Ctrl-C, shows where to look at it, and checks what it sent', {
    tags: 'long',
  }, async () => {
    const args = ['--url', service.url(), '--devices', '5', '--keep-running', '--seed', '11'];
    const interrupt = async (child: ChildProcess): Promise<void> => {
      await sleep(4_000);
      child.kill('SIGINT');
    };
    const { code, stdout, report } = await simulate(args, {
      apiKey: API_KEY,
      onSending: interrupt,
    });

    const [link = '', deviceID] = /http\S+#device=([0-9a-f-]{36})/.exec(stdout) ?? [];
    expect(link).toContain(`${service.url()}/dashboard/#`);
    expect(stdout).toContain('and 2 more');
    expect((await fetch(link.split('#')[0] ?? '')).status).toBe(200);
    const device = await fetch(`${service.url()}/devices/${deviceID}`, {
      headers: { 'x-api-key': API_KEY },
    });
    expect(device.status).toBe(200);
    expect(code).toBe(0);
    expect(report?.verified.stored).toBeGreaterThan(0);
  });

  it('checks what was sent when Ctrl-C ends the sending', {
    tags: 'long',
    timeout: TIMEOUT_MS,
  }, async () => {
    const args = toArgs(service.url(), { seconds: 60 });
    const interrupt = async (child: ChildProcess): Promise<void> => {
      await sleep(2_500);
      child.kill('SIGINT');
    };
    const { code, report } = await simulate(args, { apiKey: API_KEY, onSending: interrupt });

    expect(code).toBe(0);
    expect(report?.seconds).toBeLessThan(30);
    expect(report?.verified.stored).toBeGreaterThan(0);
  });
});

describe('the simulator’s options', () => {
  it.each([
    [['--devices', '0'], '--devices is 0: it must be a whole number above 0 and at most 10000'],
    [['--devices', '2.5'], '--devices is 2.5: it must be a whole number above 0 and at most 10000'],
    [['--rate', 'fast'], '--rate is fast: it must be a number above 0 and at most 100000'],
    [['--for', '60'], '--for is 60: it must be at least one second, such as 60s, 10m or 1h'],
    [['--burst', '20'], '--burst is 20: it must be a factor and a duration, such as 20x@60s'],
    [['--burst', '20x@60s'], '--burst is 20x@60s: it must be shorter than the run'],
    [['--keep-running', '--for', '9s'], '--keep-running cannot be combined with --for or --burst'],
    [['--url', 'localhost'], '--url is localhost: it must be an http or https URL'],
    [['--start', '--url', 'http://localhost:1'], '--start and --url cannot be combined'],
    [['--report', 'no/such/r.json'], '--report is no/such/r.json: its directory is not writable'],
    [['--speed', '9'], "Unknown option '--speed'"],
    [['--rate', '-1'], "Option '--rate' argument is ambiguous"],
    [['fast'], "Unexpected argument 'fast'"],
  ])('are refused in one line: %j', (args, message) => {
    expect(() => parse(args)).toThrow(message);
  });

  it.each([
    ['http://localhost:8080', true],
    ['http://127.1.2.3', true],
    ['http://[::1]:8080', true],
    ['http://localhost.example.com', false],
    ['https://10.0.0.1', false],
    ['http://[::2]', false],
  ])('take %s without --allow-remote: %s', (url, isTaken) => {
    const toUrl = (...more: string[]) => parse(['--url', url, ...more]).url?.href;

    expect(toUrl('--allow-remote')).toBe(new URL(url).href);
    if (isTaken) expect(toUrl()).toBe(new URL(url).href);
    else expect(toUrl).toThrow(/is not this machine: add --allow-remote/);
  });

  it('make the process end with 2 and one line when they are wrong', async () => {
    expect(await simulate(['--for', 'ever'])).toEqual({
      code: 2,
      stdout: '',
      stderr: '--for is ever: it must be at least one second, such as 60s, 10m or 1h\n',
    });
  });

  it('say how to start the service where nothing listens', async () => {
    const { code, stderr } = await simulate(['--url', `http://localhost:${await findFreePort()}`]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^Nothing answers at localhost:\d+: start the service with npm start/);
  });

  it('are told when the service rejects the key', async () => {
    const { code, stderr } = await simulate(['--url', service.url()], { apiKey: 'another-key' });

    expect(code).toBe(2);
    expect(stderr).toMatch(/^The service at \S+ rejects the key: set API_KEY, or pass --key\n$/);
  });

  it('are listed by --help', async () => {
    const { code, stdout } = await simulate(['--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('--devices N');
  });
});

describe('a seed', () => {
  it('makes the same events again, and another seed others', () => {
    expect(makeEvents('1')).toHaveLength(200);
    expect(makeEvents('1')).toEqual(makeEvents('1'));
    expect(makeEvents('1')).not.toEqual(makeEvents('2'));
  });
});

const BEHAVIOUR: Count[] = [
  ...(['duplicates', 'rejected', 'retries', 'singles', 'batches', 'compressed'] as const),
  ...(['afterOffline', 'outOfOrder', 'sameInstant', 'withId', 'withoutDate'] as const),
  ...(['malformed', 'upperCaseIds', 'lostReplies', 'cutOff', 'sentAgain', 'sentTwice'] as const),
  ...(['clockRefusals', 'clocksSet'] as const),
];

const toArgs = (url: string, { rate = 60, seconds = 2 } = {}): string[] => [
  '--url',
  url,
  '--devices',
  '8',
  '--rate',
  String(rate),
  '--for',
  `${seconds}s`,
  '--seed',
  '11',
];

function makeEvents(seed: string) {
  const ledger = createLedger();
  const random = createRandom(seed);
  const traits = toTraits(6, random.fork('traits'), 60_000);
  const device = createDevice(
    { index: 6, traits, random },
    { ledger, tally: createTally(), meanGap: () => 100 },
  );
  device.live(60_000);
  device.outbox.count(Number.POSITIVE_INFINITY);
  return device.outbox
    .take(200, 'oldest first')
    .map(({ eventType, canonical, id }) => ({ eventType, canonical, id }));
}
