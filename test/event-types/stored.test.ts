import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../clients/typescript/src/index.ts';
import { useClone } from '../evolution/clone.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const clone = useClone();
const [good, bad] = [randomUUID(), randomUUID()];

/** Runs the command beside the service, which is in this process. */
const run = async (...args: string[]) => {
  const all = [
    'scripts/event-types/event-types.ts',
    ...args,
    '--url',
    service.url(),
    '--key',
    API_KEY,
  ];
  const options = { cwd: clone.directory, reject: false };
  const tsx = join('node_modules', 'tsx', 'dist', 'cli.mjs');
  const { exitCode, stdout, stderr } = await execa(process.execPath, [tsx, ...all], options);
  return { status: exitCode, stdout, stderr };
};

beforeAll(async () => {
  const client = createClient({ baseUrl: service.url(), apiKey: API_KEY });
  const toEvent = (deviceID: string, eventType: string, value: unknown, second = 0) => ({
    deviceID,
    eventType,
    date: `2026-05-05T12:00:0${second}Z`,
    value,
  });
  await client.addEvents({
    events: [
      toEvent(good, 'temp_celsius', 21),
      toEvent(good, 'tank/level', { litres: 3.5, valve: 'open' }),
      toEvent(bad, 'temp_celsius', 21),
      toEvent(bad, 'temp_celsius', 'high', 1),
      toEvent(bad, 'tank/level', { litres: 4 }),
    ],
  });
});

describe('npm run event-types', { timeout: 60_000 }, () => {
  it('check names the types and devices that would be refused', { tags: 'long' }, async () => {
    const { status, stdout } = await run('check');

    expect(status).toBe(1);
    expect(stdout.trim().split('\n')).toEqual([
      '⚠ tank/level: not in the registry',
      '✖ temp_celsius: 1 of 3 events do not match: /value must be number',
      `  ${bad}`,
    ]);
  });

  it('infer drafts a type that generate takes, once', { tags: 'long' }, async () => {
    const path = 'openapi/event-types/tank-level.yaml';

    expect(await run('infer', 'tank/level')).toMatchObject({ status: 0, stderr: '' });

    const draft = load(readFileSync(join(clone.directory, path), 'utf8'));
    expect(draft).toMatchObject({
      eventType: 'tank/level',
      title: 'Tank level',
      schema: {
        type: 'object',
        additionalProperties: true,
        required: ['litres'],
        properties: { litres: { type: 'number' }, valve: { type: 'string' } },
      },
      exampleValues: expect.arrayContaining([{ litres: 4 }]),
    });
    const types = join(clone.directory, 'types.d.ts');
    expect(clone.run('event-types/event-types', 'types', types)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readFileSync(types, 'utf8')).toContain('"tank/level": { "litres": number;');
    expect(await run('infer', 'tank/level')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('exists already'),
    });
    rmSync(join(clone.directory, path));
    expect(existsSync(types)).toBe(true);
  });

  it('refuses words that it does not know', { tags: 'long' }, () => {
    for (const words of [[], ['chekc'], ['infer'], ['release', 'small'], ['release', 'minor']]) {
      expect(clone.run('event-types/event-types', ...words)).toMatchObject({ status: 2 });
    }
  });
});
