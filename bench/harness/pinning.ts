import { spawnSync } from 'node:child_process';

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** A command that runs Node on one core alone, where the system can see to that. */
export const toPinned = (args: string[]): [command: string, args: string[]] =>
  hasTaskset ? ['taskset', ['-c', '0', process.execPath, ...args]] : [process.execPath, args];

export const pinning = hasTaskset ? 'one core (taskset -c 0)' : 'no core in particular';
