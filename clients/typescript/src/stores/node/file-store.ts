import { access, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { QueueStore } from '../../queue/queue-saver.ts';
import { parseEvents } from '../parse-events.ts';

/**
 * Creates a store that keeps a queue's events in a file, for Node. A power cut leaves the old file or the new one. A file that
 * is not readable as events is reported and set aside as `<path>.broken`, or `.broken-2` and so on.
 */
export const createFileStore = (path: string): QueueStore => ({
  async load(report) {
    const text = await readFile(path, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    try {
      return parseEvents(text);
    } catch (error) {
      const aside = await findFreePath(`${path}.broken`);
      await rename(path, aside);
      const message = `${path} has no readable events, and is now ${aside}: ${error}`;
      report(new Error(message, { cause: error }));
      return [];
    }
  },
  async save(events) {
    await mkdir(dirname(path), { recursive: true });
    await write(`${path}.new`, JSON.stringify(events));
    await rename(`${path}.new`, path);
    await syncFolder(dirname(path));
  },
});

/** Returns once the text is on the disk, and not only in the system's memory. */
async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename last. Windows cannot open a folder, and needs nothing here. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

async function findFreePath(path: string): Promise<string> {
  for (let count = 1; ; count++) {
    const free = count === 1 ? path : `${path}-${count}`;
    const isTaken = await access(free).then(
      () => true,
      () => false,
    );
    if (!isTaken) return free;
  }
}
