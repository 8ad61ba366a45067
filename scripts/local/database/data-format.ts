import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of how events are stored. Raise it with every change that older data cannot be read with. */
export const DATA_FORMAT = 4;

/** Refuses a directory with data of another format. */
export const checkDataFormat = (directory: string): void => {
  const found = readFormat(directory);
  if (found === undefined || found === String(DATA_FORMAT)) return;
  throw new Error(
    `The events in ${directory} have format ${found}, but this version reads format ${DATA_FORMAT}: ` +
      'delete or rename that directory, then start again',
  );
};

/** Marks a new directory as having data of this format; a marked one stays as it is, even on a full disk. */
export const writeDataFormat = (directory: string): void => {
  if (readFormat(directory) === undefined) writeFileSync(join(directory, FILE), `${DATA_FORMAT}\n`);
};

const FILE = 'format';

// Data from before there was a format file.
const FIRST_FORMAT = '1';
const DATA = ['events.h2', 'mongod'];

function readFormat(directory: string): string | undefined {
  const file = join(directory, FILE);
  // It is empty where the disk was full when it was to be written.
  const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (text !== '') return text;
  return DATA.some((name) => existsSync(join(directory, name))) ? FIRST_FORMAT : undefined;
}
