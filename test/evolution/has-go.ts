import { spawnSync } from 'node:child_process';

/** Whether Go is installed; tests that need it are skipped otherwise, with a warning, or fail in CI. */
export const hasGo = spawnSync('go', ['version']).status === 0;
if (!hasGo) {
  const message = 'No Go: contracts are not compared with what was released (go.dev)';
  if (process.env.CI) throw new Error(message);
  console.warn(message);
}
