import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ValidateFunction } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import type { EventType } from '../../openapi/registry.ts';
import { findTypeFaults } from '../../scripts/generate/event-types/find-type-faults.ts';
import { toTypeValidators } from '../../scripts/generate/event-types/to-type-validators.ts';

const directory = mkdtempSync(join(tmpdir(), 'iot-events-validators-'));
afterAll(() => rmSync(directory, { recursive: true }));

const toType = (eventType: string, type: Partial<EventType>) => ({
  eventType,
  title: 'A type',
  description: 'A type.',
  schema: {},
  exampleValues: [null],
  ...type,
});

/** Words that schemas and JavaScript have a meaning for. */
const NAMES = ['title', 'description', 'example', 'properties', 'type', 'constructor', 'toString'];

describe('the validators of event types', () => {
  it('validate members and types of every name', async () => {
    const schema = {
      type: 'object' as const,
      additionalProperties: false,
      properties: Object.fromEntries(NAMES.map((name) => [name, { type: 'number' as const }])),
    };
    const types = [...NAMES, 'a/b:c.d'].map((name) =>
      toType(name, { schema, exampleValues: [{}] }),
    );
    const file = join(directory, 'validators.mjs');
    writeFileSync(file, await toTypeValidators(types));
    const { typeValidators } = (await import(pathToFileURL(file).href)) as {
      typeValidators: Map<string, ValidateFunction>;
    };

    expect(types.flatMap(findTypeFaults)).toEqual([]);
    for (const { eventType } of types) {
      const validate = typeValidators.get(eventType);
      for (const name of NAMES) {
        expect({ name, is: validate?.({ [name]: 1 }) }).toEqual({ name, is: true });
        expect({ name, is: validate?.({ [name]: 'text' }) }).toEqual({ name, is: false });
      }
      expect(validate?.({ other: 1 })).toBe(false);
    }
  });
});

describe('a file of an event type', () => {
  const UNITS =
    'Cel % 1 hPa m/s2 m.s-2 kW.h mg/L ug/m3 10*3/uL {pulse} /min L/min km/h [degF] mm[Hg] [ppm] (m.s)/kg V/m rad/s lx dB[V] KiBy mol{Na}/L %{RH} 4.m';

  it.each(UNITS.split(' '))('may have the unit %s', (unit) => {
    const type = toType('t', { unit, schema: { type: 'number' }, exampleValues: [1] });

    expect(findTypeFaults(type)).toEqual([]);
  });

  it.each([
    '^[A-Z]{2}[0-9]{1,6}$',
    '^(open|closed)$',
    '^[0-9]{1,3}(\\.[0-9]{1,3}){3}$',
    '^[^\\]a-z]*$',
    '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2})?$',
    '^(?:ab)*$',
    '^\\u00e9\\/$',
  ])('may have the pattern %s, which takes no text long', (pattern) => {
    const schema = { type: 'string' as const, pattern };
    const match = new RegExp(pattern, 'u');
    const hostile = ['a', '0', 'ab', '1.1', 'A1'].map(
      (text) => `${text.repeat(16_000 / text.length)}!`,
    );

    const faults = findTypeFaults(toType('t', { schema, exampleValues: ['no'] }));
    expect(faults.filter((fault) => fault.includes('pattern that'))).toEqual([]);
    const before = process.cpuUsage();
    for (const text of hostile)
      expect(match.test(text)).toBe(pattern === '^[^\\]a-z]*$' && !/[a-z]/.test(text));
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});
