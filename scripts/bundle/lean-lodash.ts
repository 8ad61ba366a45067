/** The part of lodash that openapi-backend calls; anything else throws, by its name. */
type Record_ = Record<string, unknown>;
type Iteratee<Item, Result> = (item: Item, key: string) => Result;

const isNil = (value: unknown): boolean => value === undefined || value === null;
const keys = (value: object | undefined): string[] => Object.keys(value ?? {});
const entries = (value: object | undefined): [string, unknown][] => Object.entries(value ?? {});
const flatten = (list: unknown[]): unknown[] => list.flat();
const uniq = (list: unknown[]): unknown[] => [...new Set(list)];
const includes = (list: unknown[], item: unknown): boolean => list.includes(item);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const isEmpty = (value: object | undefined): boolean =>
  isNil(value) || Object.keys(value ?? {}).length === 0;

const flatMap = <Item>(list: Item[], map: (item: Item) => unknown): unknown[] => list.flatMap(map);

const find = (list: Record_[] | undefined, match: Record_): Record_ | undefined =>
  list?.find((item) => Object.entries(match).every(([key, value]) => item[key] === value));

const get = (value: unknown, path: string, otherwise: unknown): unknown =>
  path.split('.').reduce<unknown>((part, key) => (part as Record_)?.[key], value) ?? otherwise;

const pick = (value: object, names: string[]): Record_ =>
  Object.fromEntries(entries(value).filter(([key]) => names.includes(key)));

const omitBy = (value: object, isOmitted: Iteratee<unknown, boolean>): Record_ =>
  Object.fromEntries(entries(value).filter(([key, item]) => !isOmitted(item, key)));

const mapKeys = (value: object | undefined, toKey: Iteratee<unknown, string>): Record_ =>
  Object.fromEntries(entries(value).map(([key, item]) => [toKey(item, key), item]));

/** Of what JSON can say, which is all that a query is. */
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
  ...{ chain, cloneDeep, entries, find, flatMap, flatten, get, includes, isEmpty, isNil, keys },
  ...{ mapKeys, omitBy, orderBy, pick, range, uniq },
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
