import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of how events are stored. Raise it with every change that older data cannot be read with. */
export const DATA_FORMAT = 4;

/** Refuses a directory with data of another format; marks a new one as having this format. */
export const checkDataFormat = (directory: string): void => {
  const file = join(directory, 'format');
  const found = readFormat(directory, file);
  if (found === undefined) writeFileSync(file, `${DATA_FORMAT}\n`);
  else if (found !== String(DATA_FORMAT)) {
    throw new Error(
      `The events in ${directory} have format ${found}, but this version reads format ${DATA_FORMAT}: ` +
        'delete or rename that directory, then start again',
    );
  }
};

// Data from before there was a format file.
const FIRST_FORMAT = '1';
const DATA = ['events.h2', 'mongod'];

function readFormat(directory: string, file: string): string | undefined {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  return DATA.some((name) => existsSync(join(directory, name))) ? FIRST_FORMAT : undefined;
}
