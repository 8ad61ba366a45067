import { Ajv } from 'ajv';
import type { EventType, Registry, ValueSchema } from '../../openapi/registry.ts';
import { VALUE_OPTIONS } from '../generate/event-types/value-options.ts';
import { addFormats } from '../generate/formats.ts';

/** Finds what devices in the field may send by a released registry, and may no longer by today's. */
export const findTypeBreaks = (released: Registry, today: Registry): string[] => {
  const now = new Map(today.eventTypes.map((type) => [type.eventType, type]));
  return released.eventTypes.flatMap((before) => {
    const after = now.get(before.eventType);
    const faults = after
      ? [...findChanges(before, after), ...findRefusedExamples(before, after)]
      : ['is no longer described'];
    return faults.map((fault) => `${before.eventType} ${fault}`);
  });
};

function findChanges(before: EventType, after: EventType): string[] {
  const sunset = before.deprecation?.sunset;
  const end = after.deprecation?.sunset;
  return [
    ...(before.unit === after.unit
      ? []
      : [`has the unit ${after.unit ?? 'none'} instead of ${before.unit ?? 'none'}`]),
    ...(sunset !== undefined && end !== undefined && end < sunset
      ? [`has its sunset on ${end}, although ${sunset} was promised`]
      : []),
    ...findNarrowing(before.schema, after.schema, '/value'),
  ];
}

/** A second look, by the validator itself. */
function findRefusedExamples({ exampleValues }: EventType, { schema }: EventType): string[] {
  const validate = addFormats(new Ajv(VALUE_OPTIONS)).compile(schema);
  return exampleValues.flatMap((example) =>
    validate(example) ? [] : [`no longer takes its example ${JSON.stringify(example)}`],
  );
}

const LEAST = ['minimum', 'minLength', 'minItems'] as const;
const MOST = ['maximum', 'maxLength', 'maxItems'] as const;
const FIXED = ['pattern', 'format'] as const;

/** Finds what the later schema takes less than the earlier one did. */
export function findNarrowing(before: ValueSchema, after: ValueSchema, place: string): string[] {
  if (after.type === undefined) return findUnitChange(before, after, place);
  const isSame = before.type === after.type;
  if (!isSame && !(before.type === 'integer' && after.type === 'number')) {
    return [`takes ${after.type} at ${place}, and no longer ${before.type ?? 'any JSON'}`];
  }
  const narrower = (word: string): string => `takes less at ${place} (${word})`;
  const bounds = [
    ...LEAST.filter((word) => (after[word] ?? -Infinity) > (before[word] ?? -Infinity)),
    ...MOST.filter((word) => (after[word] ?? Infinity) < (before[word] ?? Infinity)),
    ...FIXED.filter((word) => after[word] !== undefined && after[word] !== before[word]),
    ...(isSubset(before.enum, after.enum) ? [] : ['enum']),
  ];
  return [
    ...bounds.map(narrower),
    ...findUnitChange(before, after, place),
    ...(after.items ? findNarrowing(before.items ?? {}, after.items, `${place}/0`) : []),
    ...findMemberChanges(before, after, place),
  ];
}

const findUnitChange = (before: ValueSchema, after: ValueSchema, place: string): string[] =>
  before['x-unit'] === after['x-unit']
    ? []
    : [`has another unit at ${place}: ${after['x-unit'] ?? 'none'} (x-unit)`];

const isSubset = (before: string[] | undefined, after: string[] | undefined): boolean =>
  after === undefined || (before?.every((value) => after.includes(value)) ?? false);

function findMemberChanges(before: ValueSchema, after: ValueSchema, place: string): string[] {
  const old = before.properties ?? {};
  const now = after.properties ?? {};
  const others: ValueSchema | undefined = after.additionalProperties === false ? undefined : {};
  return [
    ...(after.required ?? [])
      .filter((name) => !before.required?.includes(name))
      .map((name) => `requires ${place}/${name}`),
    ...Object.entries(old).flatMap(([name, schema]) => {
      const later = Object.hasOwn(now, name) ? now[name] : others;
      return later
        ? findNarrowing(schema, later, `${place}/${name}`)
        : [`no longer takes ${place}/${name}`];
    }),
    // Such a member could be anything before.
    ...(before.type === 'object' && before.additionalProperties !== false
      ? Object.entries(now)
          .filter(([name]) => !Object.hasOwn(old, name))
          .flatMap(([name, schema]) => findNarrowing({}, schema, `${place}/${name}`))
      : []),
    ...(before.additionalProperties !== false && !others && before.type === 'object'
      ? [`no longer takes unknown members at ${place} (additionalProperties)`]
      : []),
  ];
}
