import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { handlers } from '../../generated/handlers.ts';
import type { OperationId } from '../../src/contract.ts';
import { run as compile, hasCppCompiler, useCompiler } from '../clients/c/compiler.ts';
import { useLocalService } from '../harness/local-service.ts';
import { createApi, EVENT } from './api.ts';
import { RUNNABLE } from './languages.ts';
import { ODD_BATCH, ODD_EVENT, writeOddSamples } from './odd-samples.ts';
import { runs, TRIALS } from './trials.ts';
import { SAMPLES, useSamples } from './use-samples.ts';

const IDS = Object.keys(handlers) as OperationId[];
const OTHER_KEY = 'another-key-0123456789';

const service = useLocalService();
const api = createApi(service.url);
const compiler = useCompiler();
const samplesOf = useSamples(service.url, compiler);
const oddDirectory = writeOddSamples();
const oddSamplesOf = useSamples(service.url, compiler, oddDirectory);
afterAll(() => rmSync(oddDirectory, { recursive: true }));
beforeEach(() => api.clear());

describe.each(RUNNABLE)('the code samples in $label', ({ label, isHere }) => {
  // One language stands for all in `npm test`.
  const tags = label === 'curl' ? [] : ['long'];
  const run = samplesOf(label);
  // One language reads what another one stores.
  const others = RUNNABLE.filter((each) => each.isHere && each.label !== label);
  const other = samplesOf(others[0]?.label ?? label);

  it.skipIf(!isHere).each(IDS)('do what %s says', { tags }, async (id) => {
    await (TRIALS[id] ?? runs(id))({ run, other, api });
  });

  it.skipIf(!isHere)('tell of the problem where they are refused', { tags }, async () => {
    // One sample of each form that sends a key.
    const forms = ['addEvent', label === 'C' ? 'addEvents' : 'listEvents'];

    for (const { status, output } of await Promise.all(forms.map((id) => run(id, OTHER_KEY)))) {
      expect(status).not.toBe(0);
      // The C client only reports the status.
      expect(output).toMatch(/The x-api-key header is missing or not valid|HTTP status 403/);
    }
  });

  it.skipIf(!isHere)(
    'would send whatever the contract had for an example',
    { tags: 'long' },
    async () => {
      const runOdd = oddSamplesOf(label);

      const outcomes = await Promise.all([runOdd('addEvent'), runOdd('addEvents')]);
      const { output } = await runOdd('listEvents');

      expect(outcomes.map(({ status }) => status)).toEqual([0, 0]);
      expect(output).toContain('17:19:35.000Z');
      expect(await api.readDay(ODD_EVENT)).toMatchObject([{ value: ODD_EVENT.value }]);
      for (const { eventType, value } of ODD_BATCH) {
        expect(await api.readLatest(EVENT)).toContainEqual(
          expect.objectContaining({ eventType, value }),
        );
      }
    },
  );
});

describe('the code samples that read pages', () => {
  const paging = RUNNABLE.filter(({ label }) => ['TypeScript', 'Python'].includes(label));
  it.for(paging)('read all of them in $label', async ({ label, isHere }, { skip }) => {
    skip(!isHere);
    const start = Date.parse('2026-05-05T00:00:00Z');
    const toDate = (second: number) => new Date(start + second * 1_000).toISOString();
    await api.store(Array.from({ length: 1_000 }, (_, i) => ({ ...EVENT, date: toDate(i) })));
    await api.storeReading();

    const { output } = await samplesOf(label)('listEvents');

    expect(new Set(output.match(/2026-05-05T[\d:.]+Z/g)).size).toBe(1_001);
  });
});

describe.skipIf(!hasCppCompiler)('the code samples for Arduino', () => {
  it.each([SAMPLES, oddDirectory])(
    'compile, as far as stubs can tell, in %s',
    async (directory) => {
      const sketches = readdirSync(directory).filter((name) => name.endsWith('.ino'));
      const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-fsyntax-only'];
      const places = ['-Itest/arduino-stubs', '-I.', '-Iplatforms'];
      const files = sketches.map((name) => `${directory}/${name}`);

      expect(sketches).toHaveLength(IDS.length);
      const args = [...flags, ...places, '-include', 'Arduino.h', '-x', 'c++', ...files];
      await expect(compile('g++', args)).resolves.toBe('');
    },
  );
});
