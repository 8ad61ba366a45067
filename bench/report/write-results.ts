import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Results } from './results.ts';
import { toMarkdown } from './to-markdown.ts';
import { toSvg } from './to-svg.ts';

const DIRECTORY = fileURLToPath(new URL('../results', import.meta.url));

/** Replaces the results of the benchmarks that were run; keeps those of the others. */
export const writeResults = async (fresh: Results): Promise<Results> => {
  const file = join(DIRECTORY, 'results.json');
  const before: Results = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  const results = { ...before, ...fresh };
  await mkdir(DIRECTORY, { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(DIRECTORY, 'results.md'), toMarkdown(results));
  for (const { section } of Object.values(fresh)) {
    for (const chart of section.charts) {
      await writeFile(join(DIRECTORY, `${chart.name}.svg`), toSvg(chart));
    }
  }
  return results;
};
