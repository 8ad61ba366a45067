import type { EventType } from '../../../openapi/registry.ts';
import { compileValidators } from '../compile-validators.ts';
import { VALUE_OPTIONS } from './value-options.ts';

/**
 * Generates the module of the validators of values, by event type. Each stops at the first fault: a
 * value of 16 KiB may have thousands.
 */
export const toTypeValidators = async (types: EventType[]): Promise<string> => {
  // Names of exports; event types have characters that these cannot have.
  const named = types.map((type, index) => ({ ...type, name: `type${index}` }));
  const schemas = Object.fromEntries(named.map(({ name, schema }) => [name, schema]));
  const entries = named.map(
    ({ name, eventType }) => `[${JSON.stringify(eventType)}, types.${name}]`,
  );
  return await compileValidators(
    { types: { schemas, options: VALUE_OPTIONS } },
    `
    import * as types from 'validators:types';
    export const typeValidators = new Map([${entries}]);
  `,
  );
};
