import { readdirSync } from 'node:fs';
import { commands } from '../command-line/commands.ts';
import { readCommand, refuse } from '../command-line/read-command.ts';
import { runVitest } from './run-vitest.ts';

/** Runs a folder of tests with random input, as the command line says; returns the exit code. */
export const runFuzz = async (name: 'fuzz' | 'model', folder: string): Promise<number> => {
  const { options, words = [] } = readCommand(name, commands[name]);
  const { seconds = process.env.FUZZ_SECONDS || '60', seed = process.env.FUZZ_SEED ?? '' } =
    options;
  if (!/^[1-9]\d{0,5}$/.test(seconds)) {
    refuse(name, `--seconds is ${seconds}: it must be a number from 1 to 999999`);
  }
  if (!/^\d*$/.test(seed)) refuse(name, `--seed is ${seed}: it must be a number`);
  const tests = listTests(folder);
  for (const word of words) {
    if (!tests.some((test) => test.includes(word))) {
      const names = tests.map((test) => test.replace('.test.ts', '')).join(', ');
      refuse(name, `No test of ${folder} is named ${word}, there are ${names}`);
    }
  }
  const chosen = tests.filter((test) => words.some((word) => test.includes(word)));
  const files = words.length > 0 ? chosen.map((test) => `${folder}/${test}`) : [folder];
  return await runVitest(files, { FUZZ_SECONDS: seconds, FUZZ_SEED: seed });
};

function listTests(folder: string): string[] {
  const directory = new URL(`../../${folder}`, import.meta.url);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).sort();
}
