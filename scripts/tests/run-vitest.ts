import { execa } from 'execa';

/** Runs vitest with the environment's variables and these; returns its exit code. */
export const runVitest = async (args: string[], env: Record<string, string>): Promise<number> => {
  const options = { preferLocal: true, stdio: 'inherit', reject: false, env } as const;
  const { exitCode } = await execa('vitest', ['run', ...args], options);
  return exitCode ?? 1;
};
