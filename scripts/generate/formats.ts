import type { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * Makes Ajv hold the contract's formats. What ajv-formats lets pass (leap seconds, a space for the T,
 * `urn:uuid:`) the patterns beside the formats in the contract refuse.
 */
export const addFormats = (ajv: Ajv): Ajv => {
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  return ajv;
};

export const formats = {
  date: fullFormats.date,
  'date-time': { validate: (text: string) => isRealInstant(text) },
  unicode: { validate: (text: string) => text.isWellFormed() },
  uuid: true,
} as const;

const isDateTime = fullFormats['date-time'] as { validate: (text: string) => boolean };

/** A calendar date and time whose UTC year has four digits, so that it can be given back in RFC 3339. */
function isRealInstant(text: string): boolean {
  if (!isDateTime.validate(text)) return false;
  const year = new Date(text).getUTCFullYear();
  return year >= 0 && year <= 9999;
}
