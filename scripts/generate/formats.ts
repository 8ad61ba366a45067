import type { Ajv } from 'ajv';
import { toInstant } from '../../src/events/to-instant.ts';

/** Gives Ajv the contract's formats; the patterns beside them say which characters are allowed. */
export const addFormats = (ajv: Ajv): Ajv => {
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  return ajv;
};

const isInstant = (text: string): boolean => toInstant(text) !== undefined;

export const formats = {
  // A day, or an instant of it.
  date: { validate: (text: string) => isInstant(text) || isInstant(`${text}T00:00:00Z`) },
  'date-time': { validate: isInstant },
  // A pattern or a type checks these.
  double: true,
  int32: true,
  int64: true,
  'uri-reference': true,
  uuid: true,
} as const;
