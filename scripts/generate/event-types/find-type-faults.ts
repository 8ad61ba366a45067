import { Ajv } from 'ajv';
import type { EventType } from '../../../openapi/registry.ts';
import { findNoticeFaults } from '../find-deprecation-faults.ts';
import { addFormats } from '../formats.ts';
import { findSchemaFaults } from './find-schema-faults.ts';
import { isUnit } from './is-unit.ts';
import { VALUE_OPTIONS } from './value-options.ts';

/** An event, less the rest of it, must keep below 16 KiB. */
const MAX_EXAMPLE = 15_000;
const EVENT_TYPE = /^[A-Za-z0-9][A-Za-z0-9\-:./_]{0,127}$/;

const FIELDS: Record<string, (value: unknown) => boolean> = {
  eventType: (value) => typeof value === 'string' && EVENT_TYPE.test(value),
  title: (value) => typeof value === 'string' && /^\S.{0,79}$/.test(value),
  description: (value) => typeof value === 'string' && value !== '' && value.length <= 2_000,
  schema: () => true,
  unit: (value) => typeof value === 'string',
  exampleValues: (value) => Array.isArray(value) && value.length > 0 && value.length <= 20,
  deprecated: (value) => value === true,
  deprecation: (value) => typeof value === 'object' && value !== null,
};
const REQUIRED = ['eventType', 'title', 'description', 'schema', 'exampleValues'];

/** Finds what is wrong with the content of one file of openapi/event-types/. */
export const findTypeFaults = (content: unknown): string[] => {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return ['must have the fields of an event type'];
  }
  const type = content as EventType;
  const faults = [
    ...REQUIRED.filter((name) => !Object.hasOwn(type, name)).map((name) => `lacks ${name}`),
    ...Object.entries(type).flatMap(([name, value]) => {
      if (!Object.hasOwn(FIELDS, name)) return [`has ${name}, which no event type has`];
      return FIELDS[name]?.(value) ? [] : [`has a ${name} that it cannot have`];
    }),
    ...(Object.hasOwn(type, 'schema') ? findSchemaFaults(type.schema) : []),
  ];
  return faults.length > 0
    ? faults
    : [...findUnitFaults(type), ...findExampleFaults(type), ...findEndFaults(type)];
};

function findUnitFaults({ unit, schema }: EventType): string[] {
  if (unit === undefined) return [];
  if (!isUnit(unit)) return [`has the unit ${unit}, which is not in UCUM (see is-unit.ts)`];
  if (schema['x-unit'] !== undefined) return ['has a unit and an x-unit: leave out the x-unit'];
  return schema.type === 'number' || schema.type === 'integer'
    ? []
    : ['has a unit, but its value is no number: give the members that are numbers an x-unit'];
}

function findExampleFaults({ schema, exampleValues }: EventType): string[] {
  const ajv = addFormats(new Ajv(VALUE_OPTIONS));
  const validate = ajv.compile(schema);
  return exampleValues.flatMap((example, index) => {
    if (validate(example)) {
      const isLong = JSON.stringify(example).length > MAX_EXAMPLE;
      return isLong ? [`has an example that is too large for an event`] : [];
    }
    return [
      `has a schema that its example ${index + 1} does not match: ${ajv.errorsText(validate.errors)}`,
    ];
  });
}

function findEndFaults({ deprecated, deprecation }: EventType): string[] {
  if (!deprecated && !deprecation) return [];
  return deprecated && deprecation
    ? findNoticeFaults(deprecation)
    : ['has deprecated without deprecation, or the other way round: devices need both dates'];
}
