import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';

/** A small disk that can be filled up. */
export type Disk = {
  directory: string;
  fill(): void;
  clear(): void;
  remove(): void;
};

const SIZE = '128m';
const PIECES = [2 ** 20, 4_096, 512];

/** Mounts a tmpfs; undefined where that is not allowed. Only root may, and only on Linux. */
export const mountDisk = (): Disk | undefined => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-disk-'));
  const options = ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'iot-events-disk', directory];
  if (execaSync('mount', options, { reject: false }).exitCode !== 0) {
    rmdirSync(directory);
    return undefined;
  }
  const filler = join(directory, 'filler');
  return {
    directory,
    fill() {
      for (const bytes of PIECES) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(bytes));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    },
    clear: () => rmSync(filler, { force: true }),
    remove() {
      execaSync('umount', ['--lazy', directory]);
      rmdirSync(directory);
    },
  };
};
