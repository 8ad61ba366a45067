import { describe, expect, it } from 'vitest';
import type { EventType, Registry, ValueSchema } from '../../openapi/registry.ts';
import { findTypeBreaks } from '../../scripts/compare/find-type-breaks.ts';
import { useClone } from '../evolution/clone.ts';

const clone = useClone();

const toRegistry = (...types: Partial<EventType>[]): Registry => ({
  version: '1.0.0',
  eventTypes: types.map((type) => ({
    eventType: 'level',
    title: 'Level',
    description: 'A level.',
    schema: {},
    exampleValues: [],
    numbers: [],
    ...type,
  })),
});

const object = (properties: Record<string, ValueSchema>, more: ValueSchema = {}): ValueSchema => ({
  type: 'object',
  additionalProperties: true,
  properties,
  ...more,
});
const number: ValueSchema = { type: 'number' };
const closed = { additionalProperties: false };

/** Schemas, and what the second takes less than the first. */
const CHANGES: [before: ValueSchema, after: ValueSchema, breaks: string[]][] = [
  [number, {}, []],
  [{ type: 'integer' }, number, []],
  [number, { type: 'integer' }, ['takes integer at /value, and no longer number']],
  [{}, number, ['takes number at /value, and no longer any JSON']],
  [{ type: 'number', minimum: 0 }, { type: 'number', minimum: -5 }, []],
  [number, { type: 'number', minimum: 0 }, ['takes less at /value (minimum)']],
  [
    { type: 'number', maximum: 9 },
    { type: 'number', maximum: 8 },
    ['takes less at /value (maximum)'],
  ],
  [{ type: 'string' }, { type: 'string', maxLength: 9 }, ['takes less at /value (maxLength)']],
  [{ type: 'string' }, { type: 'string', pattern: '^a' }, ['takes less at /value (pattern)']],
  [{ type: 'string', enum: ['a'] }, { type: 'string', enum: ['b', 'a'] }, []],
  [{ type: 'string', enum: ['a', 'b'] }, { type: 'string' }, []],
  [
    { type: 'string', enum: ['a', 'b'] },
    { type: 'string', enum: ['a'] },
    ['takes less at /value (enum)'],
  ],
  [{ type: 'string' }, { type: 'string', enum: ['a'] }, ['takes less at /value (enum)']],
  [
    { type: 'array' },
    { type: 'array', items: number },
    ['takes number at /value/0, and no longer any JSON'],
  ],
  [object({ a: number }), object({}), []],
  [object({ a: number }), object({}, closed), expect.arrayContaining(['no longer takes /value/a'])],
  [object({ a: number }, closed), object({ a: number, b: number }, closed), []],
  [
    object({ a: number }),
    object({ a: number, b: number }),
    ['takes number at /value/b, and no longer any JSON'],
  ],
  [object({ a: number }), object({ a: number }, { required: ['a'] }), ['requires /value/a']],
  [object({ a: number }, { required: ['a'] }), object({ a: number }), []],
  [
    object({ a: number }),
    object({ a: number }, closed),
    ['no longer takes unknown members at /value (additionalProperties)'],
  ],
  [
    object({ a: { ...number, 'x-unit': 'K' } }),
    object({ a: { ...number, 'x-unit': 'Cel' } }),
    ['has another unit at /value/a: Cel (x-unit)'],
  ],
];

describe('a released event type', () => {
  it.each(CHANGES)('may only take more: %j, then %j', (before, after, breaks) => {
    const found = findTypeBreaks(toRegistry({ schema: before }), toRegistry({ schema: after }));

    expect(found.map((fault) => fault.replace('level ', ''))).toEqual(breaks);
  });

  it('keeps its name, its unit and its sunset, and takes its exampleValues', () => {
    const day = (sunset: string) => ({ since: '2026-01-01', sunset, link: 'https://example.org/' });
    const breaks = (before: Partial<EventType>, after: Partial<EventType>) =>
      findTypeBreaks(toRegistry(before), toRegistry(after));

    expect(findTypeBreaks(toRegistry({}), toRegistry())).toEqual(['level is no longer described']);
    expect(breaks({ unit: 'Cel' }, { unit: 'K' })).toEqual(['level has the unit K instead of Cel']);
    expect(breaks({ deprecation: day('2029-01-01') }, { deprecation: day('2028-01-01') })).toEqual([
      'level has its sunset on 2028-01-01, although 2029-01-01 was promised',
    ]);
    expect(breaks({ exampleValues: ['a'] }, { schema: number })).toContain(
      'level no longer takes its example "a"',
    );
  });
});

describe('the commands', { timeout: 60_000 }, () => {
  const FILE = 'openapi/event-types/temp-celsius.yaml';

  it('refuse what takes less than a release did, until a major one', { tags: 'long' }, () => {
    clone.edit(FILE, (text) => text.replace('-273.15', '0'));
    const release = (level: string) =>
      clone.run('event-types/event-types', 'release', level, '--notes', 'Warm.');

    expect(clone.run('compare')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'openapi/event-types breaks 1.0.0: temp_celsius takes less at /value (minimum)',
      ),
    });
    expect(release('minor')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('takes less'),
    });
    expect(release('major')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The event types are 2.0.0'),
    });
    expect(clone.read('openapi/event-types/CHANGELOG.md')).toMatch(
      /^## 2\.0\.0.*\n\nWarm\.\n\n## 1/m,
    );
    expect(clone.run('compare').stderr).not.toContain('event-types breaks');
  });
});
