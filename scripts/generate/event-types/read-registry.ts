import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { EventType, Registry } from '../../../openapi/registry.ts';
import { findTypeFaults } from './find-type-faults.ts';
import { listNumbers } from './list-numbers.ts';
import { toMacroName } from './to-c-header.ts';

// All of it is in the function, and in one reply.
const MAX_FILE = 32_768;
const MAX_REGISTRY = 131_072;
const MAX_TYPES = 256;

/**
 * Reads the registry of event types from a folder, in the order of the Unicode code points of the event types. A
 * folder that is empty or missing is a registry without types.
 * @throws Error that says what is wrong with which file
 */
export const readRegistry = (folder: string): Registry => {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const files = names
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => ({ name, ...readFile(join(folder, name)) }));
  const types = files.flatMap(({ type }) => type ?? []);
  const faults = [
    ...files.flatMap(({ name, faults }) => faults.map((fault) => `${name} ${fault}`)),
    ...findTwice(types, ({ eventType }) => eventType, 'eventType'),
    ...findTwice(types, ({ eventType }) => toMacroName(eventType), 'name in C'),
    ...(types.length > MAX_TYPES ? [`has more than ${MAX_TYPES} event types`] : []),
    ...(JSON.stringify(types).length > MAX_REGISTRY
      ? [`is more than ${MAX_REGISTRY} characters of JSON`]
      : []),
  ];
  if (faults.length > 0) {
    throw new Error(faults.map((fault) => `${folder}/${fault}`).join('\n✖ '));
  }
  const sorted = types.sort((one, other) => (one.eventType < other.eventType ? -1 : 1));
  return {
    version: readVersion(join(folder, 'CHANGELOG.md')),
    eventTypes: sorted.map((type) => ({ ...type, numbers: listNumbers(type) })),
  };
};

function readFile(path: string): { type?: EventType; faults: string[] } {
  // Before it is parsed: aliases may make more of it than there is.
  if (statSync(path).size > MAX_FILE) return { faults: [`is larger than ${MAX_FILE} bytes`] };
  try {
    const type = load(readFileSync(path, 'utf8'));
    const faults = findTypeFaults(type);
    return faults.length > 0 ? { faults } : { type: type as EventType, faults };
  } catch (error) {
    return { faults: [`cannot be read: ${(error as Error).message.split('\n', 1)[0]}`] };
  }
}

function findTwice(types: EventType[], toKey: (type: EventType) => string, what: string): string[] {
  const seen = new Map<string, string>();
  return types.flatMap((type) => {
    const key = toKey(type);
    const other = seen.get(key);
    seen.set(key, type.eventType);
    return other === undefined
      ? []
      : [`has two types with the ${what} ${key}: ${other} and ${type.eventType}`];
  });
}

/** The newest heading, such as `## 1.2.0 - 2026-11-28`; `0.0.0` if nothing was released. */
function readVersion(changelog: string): string {
  const text = existsSync(changelog) ? readFileSync(changelog, 'utf8') : '';
  const [, version = '0.0.0'] = /^## (\d+\.\d+\.\d+)\b/m.exec(text) ?? [];
  return version;
}
