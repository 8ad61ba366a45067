import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInexactNumber } from '../../../src/router/json-text.ts';
import { DEVICE, hasCompiler, useCompiler } from './compiler.ts';
import suite from './json-test-suite.json' with { type: 'json' };

const DEVICE_ID = '8f188304-e7b3-4a16-a243-b9470468478a';
const [OK, INVALID_VALUE] = ['0', '6'];

const compiler = useCompiler();

describe.skipIf(!hasCompiler)('JSON for the C client', () => {
  /** What iot_events_add() returns for each text as a value. */
  const add = async (kind: 'json' | 'number', texts: (string | Buffer)[]): Promise<string[]> => {
    const program = await compiler.compileProgram(DEVICE, ['-O2']);
    const input = texts.map((text) => `add ${DEVICE_ID} 74 - - ${kind} ${toHex(text)}\n`).join('');
    const { stdout } = spawnSync(program, ['9', 'key', '1'], { input, encoding: 'utf8' });
    const results = stdout.trim().split('\n');
    expect(results).toHaveLength(texts.length);
    return results;
  };

  it('is what JSON.parse accepts, with numbers that the service accepts', {
    tags: 'long',
  }, async () => {
    const texts = fc.sample(almostJson, 4_000);

    const results = await add('json', texts);

    const accepted = texts.filter((_, i) => results[i] === OK);
    expect(accepted.filter((text) => !isJson(text))).toEqual([]);
    const refused = texts.filter((_, i) => results[i] !== OK);
    expect(refused.filter(isAccepted)).toEqual([]);
    expect(new Set(results)).toEqual(new Set([OK, INVALID_VALUE]));
  });

  it.each(['valid', 'invalid'] as const)(
    'is %s as in the JSONTestSuite',
    { tags: 'long' },
    async (kind) => {
      const cases = Object.entries<string>(suite[kind]);
      const texts = cases.map(([, text]) => text);

      const results = await add('json', texts);

      const expected = kind === 'valid' ? OK : INVALID_VALUE;
      expect(cases.filter((_, i) => results[i] !== expected)).toEqual([]);
    },
  );

  it('is UTF-8', { tags: 'long' }, async () => {
    // These bytes are cases of the JSONTestSuite, too; a file of JSON cannot have them.
    const bytes = ['ff', '61ff', 'e5', '81', 'c0af', 'eda080', 'f4bfbfbf', 'c1bf', 'fc80808080af'];
    const texts = bytes.flatMap((hex) =>
      ['22', '5b22', '2d', '7b22'].map((start) => `${start}${hex}22`),
    );

    const results = await add(
      'json',
      ['efbb', ...texts].map((hex) => Buffer.from(hex, 'hex')),
    );

    expect(new Set(results)).toEqual(new Set([INVALID_VALUE]));
  });

  it('has no number that the service refuses', { tags: 'long' }, async () => {
    const literals = fc.sample(literal, 6_000);

    const results = await add('number', literals);

    const accepted = literals.filter((_, i) => results[i] === OK);
    // Beyond 64 bits and of 16 or 17 digits, only the service can tell.
    const told = accepted.filter((text) => Math.abs(Number(text)) < 2 ** 63 && !isAccepted(text));
    expect(told).toEqual([]);
    expect(accepted.length).toBeGreaterThan(literals.length / 4);
    const refused = literals.filter((text, i) => results[i] !== OK && isAccepted(text));
    expect(refused.filter((text) => toDigits(text).length <= 16)).toEqual([]);
  });
});

/** JSON; about half of the texts have one change, which may make them invalid. */
const almostJson = fc
  .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom(...'{}[]",:\\u0 9-.+eE\n'), fc.nat(5))
  .map(([text, place, other, kind]) => {
    const at = place % text.length;
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
    if (kind === 1) return text.slice(0, at) + other + text.slice(at + 1);
    return kind === 2 ? text.slice(0, at) + other + text.slice(at) : text;
  })
  .filter((text) => text.isWellFormed());

/** Numbers round the edges of a double: its 53 bits, its digits and its range, in all ways of writing them. */
const literal = fc.oneof(
  fc.bigInt({ min: 2n ** 53n - 20n, max: 2n ** 53n + 20n }).map(String),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), fc.integer({ min: -345, max: 310 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`),
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: 2n ** 55n }),
      fc.stringMatching(/^\d{1,4}$/),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([whole, fraction, exponent]) => `${whole}.${fraction}E${exponent}`),
);

const toDigits = (text: string): string =>
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

/** Whether the service takes the text, and each number in it. */
const isAccepted = (text: string): boolean =>
  isJson(text) && findInexactNumber(text, JSON.parse(text)) === undefined;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function toHex(text: string | Buffer): string {
  return Buffer.from(text as string).toString('hex');
}
