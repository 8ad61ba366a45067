import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { createQueue } from '../../../clients/typescript/src/index.ts';
import { createFileStore } from '../../../clients/typescript/src/stores/node/file-store.ts';
import { hasBrowser, useBrowser } from '../../dashboard/browser.ts';
import { API_KEY } from '../../harness/local-service.ts';
import { useDoor } from './use-door.ts';

const { client, direct, door } = useDoor();
const browser = useBrowser();
const folder = mkdtempSync(join(tmpdir(), 'iot-events-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const series = (values: number[], deviceID = randomUUID()) =>
  values.map((value) => ({
    deviceID,
    eventType: 'reading',
    date: new Date(Date.UTC(2026, 4, 5) + value).toISOString(),
    value,
  }));
const valuesOf = async (deviceID: string) => {
  const query = { deviceID, eventType: 'reading', date: '2026-05-05', order: 'asc' } as const;
  return (await direct().listEvents(query)).events.map(({ value }) => value);
};

describe('a file store', () => {
  it('keeps what was not sent for the next start', async () => {
    const path = join(folder, 'new/folder/waiting.json');
    const events = series([1, 2]);
    door().faults.push('cut', 'cut');
    const earlier = createQueue(client({ retry: false }), {
      store: createFileStore(path),
      onError: () => undefined,
    });
    for (const event of events) earlier.add(event);
    const errors: unknown[] = [];

    expect(await earlier.close({ deadlineMs: 2_000 })).toBe(2);
    const later = createQueue(direct(), {
      store: createFileStore(path),
      onError: (error) => errors.push(error),
    });
    await later.flush();

    expect(await valuesOf(events[0]?.deviceID ?? '')).toEqual([1, 2]);
    expect(await later.close()).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('[]');
    expect(errors).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['cut off', '[{"deviceID":"8f188304'],
    ['no list', '{}'],
    ['a list of something else', '[null, 3]'],
  ])('sets aside a file that is %s, tells so, and goes on', async (name, text) => {
    const path = join(folder, `${name}.json`);
    const told: unknown[] = [];
    for (const count of [1, 2]) {
      writeFileSync(path, text);
      door().faults.push('cut');
      const onError = (error: unknown) => told.push(String(error));
      const queue = createQueue(client({ retry: false }), {
        store: createFileStore(path),
        onError,
      });
      for (const event of series([1, 2])) queue.add(event);
      expect(await queue.close({ deadlineMs: 2_000 })).toBe(2);
      expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(2);
      expect(
        readdirSync(folder).filter((file) => file.includes(`${name}.json.broken`)),
      ).toHaveLength(count);
    }
    expect(told.filter((line) => String(line).includes('.broken'))).toHaveLength(2);
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text);
  });

  it('leaves alone what it cannot read for another reason', async () => {
    const told: unknown[] = [];
    const store = createFileStore(folder);
    const queue = createQueue(direct(), { store, onError: (error) => told.push(error) });

    await queue.flush();
    await queue.close();

    expect(told).toMatchObject([{ code: 'EISDIR' }]);
  });
});

describe.skipIf(!hasBrowser)('a browser store', () => {
  it('can be shared by tabs, and keeps the events of each', { tags: 'long' }, async () => {
    const deviceID = randomUUID();
    const context = await browser.get().newContext();
    const script = await bundle();
    const openTab = async (baseUrl: string, values: number[]) => {
      const page = await context.newPage();
      await page.goto(`${door().url}/dashboard`);
      await page.evaluate(script);
      const parts = [baseUrl, API_KEY, series(values, deviceID)];
      await page.evaluate(`start(${parts.map((part) => JSON.stringify(part)).join(', ')})`);
      return page;
    };
    const nobody = 'http://localhost:1';
    const first = await openTab(nobody, [1, 2, 3]);
    const second = await openTab(nobody, [11, 12]);

    // A third tab leaves open tabs their events.
    const third = await openTab(door().url, [21]);
    await third.evaluate('queue.flush()');
    expect(await valuesOf(deviceID)).toEqual([21]);
    await Promise.all([first.close(), second.close(), third.close()]);

    const last = await openTab(door().url, []);
    await last.evaluate('queue.flush()');
    expect(await valuesOf(deviceID)).toEqual([1, 2, 3, 11, 12, 21]);
    await last.evaluate('queue.close()');
    expect(await last.evaluate('localStorage.length')).toBe(0);
    await context.close();
  });
});

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createClient, createQueue } from './index.ts';
        import { createBrowserStore } from './stores/browser-store.ts';
        globalThis.start = async (baseUrl, apiKey, events) => {
          const client = createClient({ baseUrl, apiKey, retry: false });
          globalThis.queue = createQueue(client, { store: createBrowserStore('test'), onError: () => {} });
          for (const event of events) queue.add(event);
          await new Promise((resolve) => setTimeout(resolve, 100));
        };`,
      resolveDir: resolve('clients/typescript/src'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}
