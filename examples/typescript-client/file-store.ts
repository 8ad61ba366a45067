import { readFile, rename, writeFile } from 'node:fs/promises';
import type { NewEvent, QueueStore } from '@iot-events/client';

/** Creates a store that keeps a queue's events in a file, so that they outlive the process. */
export const createFileStore = (path: string): QueueStore => ({
  async load() {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as NewEvent[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error; // an unreadable file is never overwritten
    }
  },
  async save(events) {
    await writeFile(`${path}.new`, JSON.stringify(events));
    await rename(`${path}.new`, path); // replaces the file in one step
  },
});
