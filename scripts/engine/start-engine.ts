import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Engine = { uri: string; pid: number; stop(): Promise<void> };

/**
 * Starts SecantusDB on a free port, with its data in the directory. It calls itself a replica set of one.
 * @param isDurable whether its log has a write before the write is acknowledged, which it ignores `j: true` for
 */
export const startEngine = async (
  program: string,
  directory: string,
  { isDurable = false } = {},
): Promise<Engine> => {
  // Small: by default, its cache may have 4 GB, and a new database takes 128 MB on the disk.
  const sizes = ['--cache-size', '256M', '--log-file-max', '16MB'];
  const durability = isDurable ? ['--sync-on-commit'] : [];
  const options = [...sizes, ...durability];
  const engine = spawn(program, ['--port', '0', '--storage-path', directory, ...options], {
    // It would take its settings from files in the working directory.
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(engine, 'close');
  const [line] = await Promise.race([once(createInterface(engine.stdout), 'line'), closed]);
  const [, address] = /listening on (\S+)/.exec(String(line)) ?? [];
  if (!address) throw new Error(`${program} does not start: ${line}`);
  return {
    uri: `mongodb://${address}`,
    pid: Number(engine.pid),
    async stop() {
      engine.kill('SIGTERM');
      await closed;
    },
  };
};
