import { spawnSync } from 'node:child_process';

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** The command that runs Node on one core, if the system has taskset. */
export const toPinned = (args: string[]): [command: string, args: string[]] =>
  hasTaskset ? ['taskset', ['-c', '0', process.execPath, ...args]] : [process.execPath, args];

/** Describes where the processes run. */
export const pinning = hasTaskset ? 'one core (taskset -c 0)' : 'no core in particular';
