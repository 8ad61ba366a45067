import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { inferSchema } from './infer-schema.ts';
import { EVENT_TYPES } from './list-type-releases.ts';
import type { Series } from './read-stored.ts';

const MAX_EXAMPLES = 3;
const MAX_EXAMPLE = 500;

/**
 * Drafts the file of an event type from stored events; returns its path. A draft has no unit and no bounds, which only
 * people know.
 * @throws Error if there are no events, or the file exists
 */
export const draftType = async (
  eventType: string,
  stored: AsyncIterable<Series>,
): Promise<string> => {
  const values: unknown[] = [];
  for await (const series of stored) values.push(...series.values);
  if (values.length === 0) throw new Error(`There are no events of the type ${eventType}`);
  const short = values.filter((value) => JSON.stringify(value).length <= MAX_EXAMPLE);
  const texts = new Set((short.length > 0 ? short : values).map((value) => JSON.stringify(value)));
  const title = eventType
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .slice(0, 80);
  const draft = {
    eventType,
    title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`,
    description: `Drafted from ${values.length} stored events: say what it means, its unit and its bounds.`,
    schema: inferSchema(values),
    exampleValues: [...texts].slice(0, MAX_EXAMPLES).map((text) => JSON.parse(text) as unknown),
  };
  const path = join(
    EVENT_TYPES,
    `${eventType.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase()}.yaml`,
  );
  if (existsSync(path)) throw new Error(`${path} exists already: nothing was written`);
  mkdirSync(EVENT_TYPES, { recursive: true });
  writeFileSync(path, dump(draft, { lineWidth: 100, noRefs: true }));
  return path;
};
