import fc from 'fast-check';
import { hostileNames, hostileText, toJson } from './hostile-text.ts';

/** JSON as text, since a value would already have lost what JavaScript cannot hold. */
export type JsonText = {
  text: string;
  depth: number;
  /** Whether a double holds each of its numbers. */
  isExact: boolean;
};

const leaf = (text: string, isExact = true): JsonText => ({ text, depth: 0, isExact });

const EXACT = ['0', '-0', '-1.5', '1e15', '1E+5', '5e-324', '1.7976931348623157e308', '0e999'];
const INTEGERS = ['2147483648', '-2147483649', '9007199254740992', '-9223372036854775808', '1e300'];
const INEXACT = [
  '1e400',
  '-1e309',
  '1e-400',
  '9007199254740993',
  '9223372036854775807',
  '9007199254740993.0',
  '9.007199254740993e15',
  '-90071992547409930e-1',
];
const number = fc.oneof(
  { arbitrary: fc.constantFrom(...EXACT, ...INTEGERS).map((text) => leaf(text)), weight: 4 },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => leaf(value.toExponential())),
  fc.constantFrom(...INEXACT, '1'.repeat(400)).map((text) => leaf(text, false)),
);

/** Each character as an escape, so that nothing that looks for it in the text finds it. */
const toEscapes = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: text.map(toJson), weight: 3 },
    text.map((plain) => `"${toEscapes(plain)}"`),
  );

/** What the database, its driver or its tools write for types that JSON does not have. */
const extended = fc
  .constantFrom(
    '{"$oid":"507f1f77bcf86cd799439011"}',
    '{"$date":"2026-05-05T00:00:00Z"}',
    '{"$minKey":1}',
    '{"$date":{"$numberLong":"0"}}',
    '{"$numberLong":"1"}',
    '{"$numberDecimal":"NaN"}',
    '{"$ref":"events","$id":1,"$db":"admin"}',
    '{"$ref":"events","$id":{"$oid":"5"}}',
    '{"$binary":{"base64":"AA==","subType":"00"}}',
    '{"$regex":".*","$options":"i"}',
    '{"$where":"sleep(9)"}',
    '{"$code":"1","$scope":{}}',
    '{"$undefined":true}',
    '{"$gt":""}',
    '{"_bsontype":"ObjectId","id":"x"}',
    '{"_bsontype":"Long","low":1,"high":2}',
    '{"_bsontype":"Code","code":"1"}',
    '{"_bsontype":"Binary","buffer":[],"sub_type":0}',
    '{"$timestamp":{"t":1,"i":1}}',
    '{"$function":{"body":"x","args":[],"lang":"js"}}',
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{"isAdmin":true}}}',
    '{"toString":[{"a":1}],"length":-1}',
    '{"toJSON":1,"then":1}',
    '{"json":"1","value":2}',
  )
  .map((text): JsonText => ({ text, depth: 2, isExact: true }));

const deep = fc
  .tuple(fc.constantFrom(60, 64, 65, 96, 200, 254, 255, 256, 3_000), fc.boolean())
  .map(([depth, isList]): JsonText => {
    const [open, close] = isList ? ['[', ']'] : ['{"$x":', '}'];
    return { text: `${open.repeat(depth)}1${close.repeat(depth)}`, depth, isExact: true };
  });

const join = (parts: JsonText[], texts: string[], [open, close]: [string, string]): JsonText => ({
  text: `${open}${texts.join(',')}${close}`,
  depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
  isExact: parts.every(({ isExact }) => isExact),
});

const key = fc.oneof({ arbitrary: fc.constantFrom(...hostileNames), weight: 3 }, hostileText);
const { json } = fc.letrec<{ json: JsonText; list: JsonText; object: JsonText }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json', withCrossShrink: true },
    quoted(hostileText).map((text) => leaf(text)),
    { arbitrary: number, weight: 1 },
    fc.constantFrom('null', 'true', 'false').map((text) => leaf(text)),
    extended,
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 3, depthIdentifier: 'json' }).map((items) =>
    join(
      items,
      items.map(({ text }) => text),
      ['[', ']'],
    ),
  ),
  object: fc
    .array(fc.tuple(quoted(key), tie('json')), { maxLength: 3, depthIdentifier: 'json' })
    .map((fields) =>
      join(
        fields.map(([, item]) => item),
        fields.map(([name, item]) => `${name}:${item.text}`),
        ['{', '}'],
      ),
    ),
}));

/** About as much as an event may have. */
const large = fc
  .tuple(fc.constantFrom('x', '\\u0000', '🌡', '\\"'), fc.integer({ min: 15_900, max: 16_600 }))
  .map(([unit, bytes]) => leaf(`"${unit.repeat(bytes / Buffer.byteLength(unit))}"`));

/** Any JSON that a device could send as a value, most of it of the kind that does harm somewhere. */
export const hostileJson: fc.Arbitrary<JsonText> = fc.oneof(
  { arbitrary: json, weight: 16 },
  { arbitrary: deep, weight: 2 },
  { arbitrary: large, weight: 1 },
);
