import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What there is to know of a running service. */
export type ServiceFacts = {
  pid: number;
  /** Where the pages are. */
  origin: string;
  /** The API's address, with the base path. */
  url: string;
  apiKey: string;
  /** The database. */
  engine: string;
  directory: string;
  /** The file with a line for each request. */
  log: string;
};

const toPath = (directory: string): string => join(directory, 'service.json');

/** Leaves the facts for `npm run status`; returns a function that removes them. */
export const writeServiceFacts = (facts: ServiceFacts): (() => void) => {
  const path = toPath(facts.directory);
  // For the same user alone: the key is among them.
  writeFileSync(path, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  return () => rmSync(path, { force: true });
};

/** The facts of the service with its data in the directory; undefined if none was left. */
export const readServiceFacts = (directory: string): ServiceFacts | undefined => {
  try {
    return JSON.parse(readFileSync(toPath(directory), 'utf8'));
  } catch {
    return undefined;
  }
};
