import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { endProcess } from '../harness/service-process.ts';

const EXAMPLE = resolve('examples/typescript-client');
// Nothing listens here.
const NOWHERE = 'http://127.0.0.1:9';
const YEAR_MS = 365 * 86_400_000;

const service = useLocalService();
const directory = mkdtempSync(join(tmpdir(), 'iot-events-example-'));
const deviceID = randomUUID();
afterAll(() => rmSync(directory, { recursive: true }));

describe('the example for the TypeScript client', () => {
  it('keeps its events while offline, sends them later, and reads each back once', {
    tags: 'long',
  }, async () => {
    const offline = start('device.ts', NOWHERE);
    await offline.says(/offline, \d+ waiting: ConnectionError/);
    await endProcess(offline.child, 'SIGINT');
    const [, left] = /(\d+) waiting for the next start/.exec(offline.output()) ?? [];
    const waiting = JSON.parse(readFileSync(join(directory, 'waiting.json'), 'utf8'));
    expect(waiting).toHaveLength(Number(left));
    expect(Number(left)).toBeGreaterThanOrEqual(3);

    const online = start('device.ts', service.url());
    // The saved events have been sent: only the newest event waits.
    await online.says(/ waiting\n.* MB, 1 waiting\n/s);
    await endProcess(online.child, 'SIGTERM');
    expect(online.output()).toMatch(/all sent\n$/);
    expect(existsSync(join(directory, 'waiting.json'))).toBe(true);

    const reader = start('reader.ts', service.url());
    await once(reader.child, 'close');
    const measured = [...(offline.output() + online.output()).matchAll(/(\S+Z \d+) MB, /g)];
    const sent = measured.map(([, reading]) => reading);
    const read = [...reader.output().matchAll(/^(\S+Z \d+)$/gm)].map(([, reading]) => reading);
    expect(read).toEqual(sent);
    expect(reader.output()).toContain(`\n${sent.length} events\n`);
    expect(reader.output()).toMatch(new RegExp(`'free_memory_mb'.*${sent.at(-1)?.split(' ')[0]}`));
    expect(reader.output()).toMatch(/index.*start.*count.*mean/);
  });

  it.each([
    ['ten years ahead', 10 * YEAR_MS, /^20[3-9]\d-/],
    ['never set', -56 * YEAR_MS, /^no date /],
  ])(
    'dates its readings by the service if its clock is %s',
    { tags: 'long' },
    async (_, offMs, dated) => {
      rmSync(join(directory, 'waiting.json'), { force: true });
      const id = randomUUID();
      const clock = toClock(offMs);
      const env = {
        DEVICE_ID: id,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}`,
      };

      const device = start('device.ts', service.url(), env);
      // Each line once: a pattern that could match in many ways would keep this process from its time-outs.
      await device.says(/(?:[^\n]*\n){8,}[^\n]* MB, 1 waiting\n/);
      await endProcess(device.child, 'SIGTERM');

      expect(device.output()).toMatch(/all sent\n$/);
      expect(device.output()).not.toContain('rejected');
      expect(device.output()).toMatch(dated);
      const url = `${service.url()}/events?deviceID=${id}&eventType=free_memory_mb&since=2020-01-01T00:00:00Z`;
      const reply = await fetch(url, { headers: { 'x-api-key': API_KEY } });
      const { events } = (await reply.json()) as { events: { date: string }[] };
      expect(events).toHaveLength([...device.output().matchAll(/ MB, /g)].length);
      for (const { date } of events) {
        expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(60_000);
      }
    },
  );
});

/** A module that puts a program's clock off. */
const toClock = (offMs: number): string => `
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [Right.now() + ${offMs}]));
    }
    static now() {
      return Right.now() + ${offMs};
    }
  };`;

/** Runs a program of the example as `npm run` does, in the test's directory. */
function start(program: string, baseUrl: string, env: NodeJS.ProcessEnv = {}) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', resolve('node_modules/tsx/dist/loader.mjs'), join(EXAMPLE, program)],
    {
      cwd: directory,
      env: {
        ...process.env,
        BASE_URL: baseUrl,
        API_KEY,
        DEVICE_ID: deviceID,
        INTERVAL_MS: '40',
        TSX_TSCONFIG_PATH: join(EXAMPLE, 'tsconfig.json'),
        NO_COLOR: '1',
        ...env,
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      output += data;
    });
  return {
    child,
    output: () => output,
    says: (pattern: RegExp) => expect.poll(() => output).toMatch(pattern),
  };
}
