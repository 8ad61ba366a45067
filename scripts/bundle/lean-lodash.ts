/*
 * The part of lodash that openapi-backend's router calls, in the place of lodash in the bundle. Any other
 * function of lodash throws when it is read, by its name.
 */
type Values = Record<string, unknown>;

const entries = (value: object | undefined): [string, unknown][] => Object.entries(value ?? {});
const flatten = (list: unknown[]): unknown[] => list.flat();

const pick = (value: object, names: string[]): Values =>
  Object.fromEntries(entries(value).filter(([key]) => names.includes(key)));

const mapKeys = (
  value: object | undefined,
  toKey: (item: unknown, key: string) => string,
): Values => Object.fromEntries(entries(value).map(([key, item]) => [toKey(item, key), item]));

/** Copies what JSON can express, and so every query. */
const cloneDeep = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cloneDeep);
  return Object.fromEntries(entries(value).map(([key, item]) => [key, cloneDeep(item)]));
};

const orderBy = <Item>(list: Item[], toRank: (item: Item) => number, order: string): Item[] => {
  const sign = order === 'desc' ? -1 : 1;
  return list.toSorted((a, b) => sign * (toRank(a) - toRank(b)));
};

const chain = (value: unknown): object => {
  const list = value as never[];
  return {
    entries: () => chain(entries(value as object)),
    flatMap: (map: (item: never) => unknown) => chain(list.flatMap(map)),
    find: (isWanted: (item: never) => boolean) => chain(list.find(isWanted)),
    orderBy: (toRank: (item: never) => number, order: string) =>
      chain(orderBy(list, toRank, order)),
    value: () => value,
  };
};

const functions: Record<string, unknown> = {
  chain,
  cloneDeep,
  entries,
  flatten,
  mapKeys,
  pick,
  // TypeScript's helper then takes the module as it is.
  __esModule: true,
};

module.exports = new Proxy(functions, {
  get(target, name) {
    if (name in target) return target[String(name)];
    throw new Error(
      `lodash's ${String(name)} is not in this bundle: see scripts/bundle/lean-lodash.ts`,
    );
  },
});
