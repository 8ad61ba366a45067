import { spawnSync } from 'node:child_process';

/** Whether releases can be compared; without Go, what needs it is skipped, and says so, but not in CI. */
export const hasGo = spawnSync('go', ['version']).status === 0;
if (!hasGo) {
  const message = 'No Go: contracts are not compared with what was released (go.dev)';
  if (process.env.CI) throw new Error(message);
  console.warn(message);
}
