import type { EventType, NumberPlace, ValueSchema } from '../../../openapi/registry.ts';
import { toPointerStep } from '../../../src/names/pointer-step.ts';

// A list of so many numbers is one of axes, such as x, y and z; a longer one is a series.
const MAX_AXES = 16;

/** Lists the numbers in a value that stand at the same place in every event of the type. */
export const listNumbers = ({ title, unit, schema }: EventType): NumberPlace[] =>
  walk({ title, ...(unit !== undefined && { 'x-unit': unit }), ...schema }, '', title);

function walk(schema: ValueSchema, pointer: string, name: string): NumberPlace[] {
  const { type, items, minItems, maxItems = 0 } = schema;
  const title = schema.title ?? name;
  if (type === 'number' || type === 'integer') {
    const unit = schema['x-unit'];
    return [{ pointer, title, ...(unit !== undefined && { unit }) }];
  }
  if (type === 'array' && items && minItems === maxItems && maxItems <= MAX_AXES) {
    return Array.from({ length: maxItems }).flatMap((_, index) =>
      walk(items, `${pointer}/${index}`, `${items.title ?? title} ${index + 1}`),
    );
  }
  return Object.entries(schema.properties ?? {}).flatMap(([key, member]) =>
    walk(member, `${pointer}${toPointerStep(key)}`, key),
  );
}
