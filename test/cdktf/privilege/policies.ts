import type { Synthesised } from '../synth.ts';

export type Statement = {
  Effect: string;
  Action?: string | string[];
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string>>;
  NotAction?: unknown;
  NotResource?: unknown;
  NotPrincipal?: unknown;
};

export type Policy = { place: string; statements: Statement[] };

/** Every policy document, whichever attribute of whichever resource holds it, and however deep in it. */
export const findPolicies = ({ resource }: Synthesised): Policy[] =>
  Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([id, attributes]) => search(attributes, `${type}.${id}`)),
  );

function search(value: unknown, place: string): Policy[] {
  if (typeof value === 'string') return search(parse(value), place);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'Statement' in value ? [{ place, statements: toList(value.Statement as Statement) }] : [];
  const inner = Object.entries(value).flatMap(([key, item]) => search(item, `${place}.${key}`));
  return [...own, ...inner];
}

function parse(text: string): unknown {
  if (!text.includes('"Statement"')) return undefined;
  return JSON.parse(text);
}

export const toList = <Item>(items: Item | Item[] | undefined): Item[] =>
  items === undefined ? [] : ([items].flat() as Item[]);
