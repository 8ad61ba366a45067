import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeEventTypes } from '../../scripts/generate/event-types/write-event-types.ts';

// As different as the types of a fleet are; `temp_celsius` is the type that the benchmark sends.
const SCHEMAS = [
  { type: 'number', minimum: -273.15 },
  { type: 'integer', minimum: 0, maximum: 100 },
  { type: 'string', enum: ['open', 'closed', 'jammed'] },
  {
    type: 'object',
    required: ['celsius'],
    properties: {
      celsius: { type: 'number', title: 'Temperature', 'x-unit': 'Cel' },
      humidity: { type: 'number', minimum: 0, maximum: 1 },
      sensor: { type: 'string', maxLength: 64 },
    },
    additionalProperties: true,
  },
  { type: 'array', minItems: 3, maxItems: 3, items: { type: 'number' } },
] as const;
const EXAMPLES = [21.5, 50, 'open', { celsius: 21.5, humidity: 0.43 }, [0, 0, 9.81]];

/** Writes a registry of so many event types, and what `npm run generate` makes of it, into a folder. */
export const writeTypes = async (folder: string, count: number): Promise<void> => {
  const source = join(folder, 'event-types');
  await rm(folder, { recursive: true, force: true });
  await mkdir(source, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    // YAML takes JSON.
    await writeFile(join(source, `type-${index}.yaml`), JSON.stringify(toType(index)));
  }
  await writeEventTypes(source, folder);
};

const toType = (index: number) => ({
  eventType: index === 0 ? 'temp_celsius' : `type_${index}`,
  title: `Type ${index}`,
  description: 'What a device of a fleet measures, in a sentence as operators write them.',
  schema: SCHEMAS[index % SCHEMAS.length],
  exampleValues: [EXAMPLES[index % SCHEMAS.length]],
});
