import { toTemplateFunction } from './to-template-function.ts';

/** A part of a document that differs in shape from what OpenAPI or AWS defines. */
export type Fault = { place: string; message: string };

/**
 * A part of a document of unknown shape. Reading never throws: a part of another type is reported as a fault, and
 * reads as if it were absent.
 */
export type Cursor = {
  /** Undefined if the document has no such part. */
  value: unknown;
  /** The JSON pointer of the part (RFC 6901). */
  place: string;
  get(key: string): Cursor;
  /** The members of an object. */
  entries(): [string, Cursor][];
  /** The items of a list. */
  items(): Cursor[];
  /**
   * Takes numbers and booleans, too: YAML writes a status without quotes. What a template would put there reads as a
   * placeholder.
   */
  text(): string | undefined;
  /** Takes a number in quotes, too. */
  number(): number | undefined;
  /** Takes `true` and `false` in quotes, too. */
  flag(): boolean | undefined;
  /** The members of an object whose values are texts. */
  texts(): Map<string, string>;
  /** Follows a `$ref` within the document; reports one that leads nowhere, or elsewhere. */
  follow(): Cursor;
};

/** Starts reading a document that consists of JSON values. */
export const createCursor = (root: unknown, report: (fault: Fault) => void): Cursor => {
  const at = (value: unknown, place: string): Cursor => {
    const expect = <Type>(isType: (part: unknown) => part is Type, type: string) => {
      if (value === undefined) return undefined;
      // The linter tells of these, once (fact 86).
      if (toTemplateFunction(value) !== undefined) return undefined;
      if (isType(value)) return value;
      report({ place, message: `is ${toTypeName(value)}: it must be ${type}` });
      return undefined;
    };
    const child = (key: string, part: unknown) => at(part, `${place}/${escapeStep(key)}`);
    const toEntries = (): [string, Cursor][] =>
      Object.entries(expect(isRecord, 'an object') ?? {}).map(([key, part]) => [
        key,
        child(key, part),
      ]);
    return {
      value,
      place,
      get: (key) => child(key, getOwn(expect(isRecord, 'an object'), key)),
      entries: toEntries,
      items: () =>
        (expect(isList, 'a list') ?? []).map((part, index) => child(String(index), part)),
      text: () => {
        const scalar = expect(isScalar, 'text');
        const unresolved = toTemplateFunction(value);
        if (unresolved !== undefined) return `\${${unresolved}}`;
        return scalar === undefined ? undefined : String(scalar);
      },
      number: () => {
        const number = expect(isNumber, 'a number');
        return number === undefined ? undefined : Number(number);
      },
      flag: () => {
        const flag = expect(isFlag, 'true or false');
        return flag === undefined ? undefined : String(flag) === 'true';
      },
      texts: () =>
        new Map(
          toEntries().flatMap(([key, part]): [string, string][] => {
            const text = part.text();
            return text === undefined ? [] : [[key, text]];
          }),
        ),
      follow: () => followReference(at(root, ''), at(value, place), report),
    };
  };
  return at(root, '');
};

// A chain of references is far shorter, unless it is a circle.
const MAX_REFERENCES = 20;

function followReference(root: Cursor, from: Cursor, report: (fault: Fault) => void): Cursor {
  let part = from;
  for (let count = 0; count < MAX_REFERENCES; count += 1) {
    const reference = isRecord(part.value) ? getOwn(part.value, '$ref') : undefined;
    if (reference === undefined) return part;
    const target = isText(reference) ? findTarget(root, reference) : undefined;
    if (!target || target.value === undefined) break;
    part = target;
  }
  report({ place: `${from.place}/$ref`, message: 'leads to nothing in this document' });
  return { ...from, ...createCursor(undefined, report), place: from.place };
}

function findTarget(root: Cursor, reference: string): Cursor | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let part: Cursor | undefined = root;
  for (const step of reference.slice(2).split('/')) {
    const key = unescapeStep(step);
    if (isList(part?.value)) part = part.items()[Number(key)];
    else part = isRecord(part?.value) ? part.get(key) : undefined;
  }
  return part;
}

/** The JSON pointer of a part, by the names of the members that lead to it. */
export const toJsonPointer = (...steps: (string | number)[]): string =>
  steps.map((step) => `/${escapeStep(String(step))}`).join('');

const escapeStep = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** A step of a JSON pointer in a URI fragment, where it may be percent-encoded. */
function unescapeStep(step: string): string {
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only what the document itself has: every object has a `constructor`. */
export const getOwn = (record: Record<string, unknown> | undefined, key: string): unknown =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const isNumber = (value: unknown): value is number | string =>
  typeof value === 'number' || (isText(value) && /^\d+$/.test(value));
const isFlag = (value: unknown): value is boolean | string =>
  typeof value === 'boolean' || value === 'true' || value === 'false';

function toTypeName(value: unknown): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  return isRecord(value) ? 'an object' : `${typeof value}`;
}
