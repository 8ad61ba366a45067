import { commands } from '../command-line/commands.ts';
import { readCommand, refuse } from '../command-line/read-command.ts';
import { runVitest } from './run-vitest.ts';

/** Runs a folder of tests with random input, as the command line says; returns the exit code. */
export const runFuzz = async (name: 'fuzz' | 'model', folder: string): Promise<number> => {
  const { options, words = [] } = readCommand(name, commands[name]);
  const { seconds = process.env.FUZZ_SECONDS || '60', seed = process.env.FUZZ_SEED ?? '' } =
    options;
  if (!/^\d{1,6}$/.test(seconds)) refuse(name, `--seconds is ${seconds}, it must be a number`);
  if (!/^\d*$/.test(seed)) refuse(name, `--seed is ${seed}, it must be a number`);
  const files = words.length > 0 ? words.map((word) => `${folder}/${word}`) : [folder];
  return await runVitest(files, { FUZZ_SECONDS: seconds, FUZZ_SEED: seed });
};
