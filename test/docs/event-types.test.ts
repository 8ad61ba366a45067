import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { hasBrowser, useBrowser } from '../dashboard/browser.ts';
import { connect } from '../dashboard/dashboard-page.ts';
import { openPage } from '../dashboard/open-page.ts';
import { copyRepository } from '../harness/copy-repository.ts';
import { useDatabase } from '../harness/database.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';
import { follow, readSteps } from './follow-steps.ts';

const GUIDE = readFileSync('docs/event-types.md', 'utf8');
const ADDRESS = 'http://localhost:8080';
const API_KEY = 'local-development-key';
const LOADER = resolve('node_modules/tsx/dist/loader.mjs');
const DEVICE_FILE = 'examples/typescript-client/moisture.ts';

const database = useDatabase();
const browser = useBrowser();
const copy = copyRepository();
const running: ReturnType<typeof startProcess>[] = [];
afterAll(async () => {
  for (const child of running) await endProcess(child, 'SIGTERM');
  rmSync(copy, { recursive: true });
});

/** Runs a command of the guide in the copy, against the service at an address. */
const run = async (command: string, url: string) => {
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', command.replace(ADDRESS, url)], {
    cwd: copy,
    env: { API: url, npm_config_loglevel: 'silent' },
    reject: false,
  });
  return { command, exitCode, stdout, stderr };
};

/** Runs `npm start` in the copy; returns the address. */
const start = (): Promise<string> => {
  const env = { PORT: '0', API_KEY, MONGODB_URI: database.uri };
  const child = startProcess(copy, env, ['--import', LOADER, join(copy, 'scripts/start.ts')]);
  running.push(child);
  return readUrl(child);
};

describe('docs/event-types.md', { tags: 'long', timeout: 300_000 }, () => {
  it('leads from a file to a typed device, a labelled chart and a device that is wrong', async () => {
    let url = '';
    const said: Record<string, string> = {};
    for (const step of readSteps(GUIDE, 'From a file to a labelled chart')) {
      if (step.kind !== 'run') follow(copy, step);
      else if (step.command === 'npm start') url = await start();
      else {
        const { exitCode, stdout, stderr } = await run(step.command, url);
        const isCheck = step.command.endsWith('check');
        expect({ step, exitCode, stderr }).toMatchObject({ exitCode: isCheck ? 1 : 0 });
        said[step.command.split('\n', 1)[0] ?? ''] = stdout;
      }
    }
    const answers = Object.values(said);

    const described = JSON.parse(answers.find((text) => text.startsWith('{"version"')) ?? '');
    expect(described.eventTypes).toContainEqual(
      expect.objectContaining({
        eventType: 'soil_moisture',
        numbers: [{ pointer: '', title: 'Soil moisture', unit: '%' }],
      }),
    );
    expect(said[`npx tsx ${DEVICE_FILE}`]).toBe('created 31.5 %');
    expect(answers.find((text) => text.startsWith('{"status"'))).toMatch(
      /"warnings":\[\{"code":"type","pointer":"\/value","detail":"must be number"\}\]/,
    );
    expect(said['npm run event-types -- check']).toMatch(
      /✖ soil_moisture: 1 of 2 events do not match: \/value must be number\n {2}8f188304/,
    );
    expect(readFileSync(join(copy, 'generated/event_types.h'), 'utf8')).toContain(
      'iot_event_soil_moisture(double value, unsigned decimals)',
    );
    follow(copy, { kind: 'create', file: 'examples/typescript-client/wrong.ts', text: WRONG });
    const wrong = await run('npx tsc -p examples/typescript-client', url);
    expect(wrong.stdout).toMatch(/^examples\/typescript-client\/wrong\.ts\(4,.*string.*number/);
    if (hasBrowser) await lookAtChart(url);
  });
});

/** What the guide says does not compile. */
const WRONG = `import { createClient } from '@iot-events/client';
const client = createClient({ baseUrl: '', apiKey: '' });
const event = { deviceID: 'd', date: 'now', eventType: 'soil_moisture' } as const;
await client.addEvent({ ...event, value: '31.5' });
`;

async function lookAtChart(url: string): Promise<void> {
  const [, path = '', device = ''] =
    /`http:\/\/localhost:8080(\/dashboard#device=([\w-]+)[^`]*)`/.exec(GUIDE) ?? [];
  const { page } = await openPage(browser.get(), url, { path });
  await connect(page, device, API_KEY);
  await page.getByRole('heading', { name: 'Soil moisture' }).waitFor();
  await page.locator('#figure[aria-label="Soil moisture (%)"]').waitFor();
  await page.context().close();
}
