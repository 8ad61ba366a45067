import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { send } from '../dashboard/dashboard-page.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

type Cell = { source: string[]; outputs?: Output[]; execution_count?: number | null };
type Output = { text?: string[]; data?: Record<string, unknown> };

const EXAMPLE = 'examples/notebook';
/** A Python with the example's packages; set by .ci/run. */
const PYTHON = process.env.NOTEBOOK_PYTHON || 'python3';
const hasPackages =
  spawnSync(PYTHON, ['-c', 'import ipykernel, matplotlib, nbclient, pandas']).status === 0;
if (!hasPackages) {
  const message = `No Python with ${EXAMPLE}/requirements.txt: the notebook's test is skipped (set NOTEBOOK_PYTHON=<path>)`;
  if (process.env.CI) throw new Error(message);
  console.warn(message);
}

const service = useLocalService();
const notebook: { cells: Cell[] } = JSON.parse(readFileSync(`${EXAMPLE}/events.ipynb`, 'utf8'));

describe('the notebook', () => {
  it('is committed without output', () => {
    for (const { outputs = [], execution_count = null } of notebook.cells)
      expect({ outputs, execution_count }).toEqual({ outputs: [], execution_count: null });
  });

  it.skipIf(!hasPackages)(
    'reads every page of the events and draws them',
    async () => {
      const [deviceID, eventType] = [randomUUID(), 'temp:indoor/1'];
      const start = Date.now() - 86_400_000;
      const values = [...Array.from({ length: 2_300 }, (_, i) => i % 10), 'no number'];
      const events = values.map((value, i) => ({
        eventType,
        date: new Date(start + i * 30_000),
        value,
      }));
      await send(service.url(), deviceID, events);

      const { cells } = await execute({ DEVICE_ID: deviceID, EVENT_TYPE: eventType });

      const outputs = cells.flatMap(({ outputs = [] }) => outputs);
      expect(outputs.flatMap(({ text = [] }) => text).join('')).toContain('2300 numbers\n');
      expect(JSON.stringify(outputs)).toMatch(/mean +4\.5/);
      const image = outputs.map(({ data }) => data?.['image/png']).find(Boolean);
      expect(String(image).length).toBeGreaterThan(5_000);
    },
    120_000,
  );

  it.skipIf(!hasPackages)(
    'opens a series without numbers',
    async () => {
      const { cells } = await execute({ DEVICE_ID: randomUUID(), EVENT_TYPE: 'none' });

      const outputs = cells.flatMap(({ outputs = [] }) => outputs);
      expect(outputs.flatMap(({ text = [] }) => text).join('')).toContain('0 numbers\n');
    },
    120_000,
  );
});

/** Executes a copy of the notebook, and returns it with its output. */
async function execute(environment: Record<string, string>): Promise<{ cells: Cell[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-notebook-'));
  try {
    const output = join(directory, 'events.ipynb');
    const args = ['-m', 'jupyter', 'execute', `--output=${output}`, `${EXAMPLE}/events.ipynb`];
    const env = { ...process.env, BASE_URL: service.url(), API_KEY, ...environment };
    await promisify(execFile)(PYTHON, args, { env });
    return JSON.parse(readFileSync(output, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
