import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegistry } from './read-registry.ts';
import { toCHeader } from './to-c-header.ts';
import { toClientTypes } from './to-client-types.ts';
import { toTypeValidators } from './to-type-validators.ts';

const VALIDATORS = `import type { ValidateFunction as Validator } from 'ajv';

export const typeValidators: ReadonlyMap<string, Validator>;
`;

/**
 * Generates what is made of the registry of event types.
 * @param source the folder of the registry
 * @throws Error that says what is wrong with the registry
 */
export const writeEventTypes = async (source: string, folder: string): Promise<void> => {
  const registry = readRegistry(source);
  const notice = `Made from ${source}/ by scripts/generate.ts: do not edit.`;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const { version, eventTypes } = registry;
  write('event-types.json', `${JSON.stringify(registry, null, 2)}\n`);
  write('event-types.d.ts', `// ${notice}\n${toClientTypes(eventTypes, 'accept')}`);
  write('event_types.h', `/* ${notice} */\n${toCHeader(eventTypes, version)}`);
  write('type-validators.d.ts', `// ${notice}\n${VALIDATORS}`);
  write('type-validators.js', `// ${notice}\n${await toTypeValidators(eventTypes)}`);
};
