import type { ErrorObject } from 'ajv';
import type { InvalidField } from '../contract.ts';
import { fromPointerStep, toPointerStep } from '../names/pointer-step.ts';

/**
 * Ajv's errors in the contract's form: one for each field or parameter, worded by its `x-rule`.
 * @param headerNames as the contract writes them; requests have them in lower case
 */
export const toInvalidFields = (
  errors: ErrorObject[],
  headerNames: string[] = [],
): InvalidField[] => {
  const fields = new Map<string, InvalidField>();
  for (const error of errors) {
    // `if` only says that `then` failed, whose own error stands beside it.
    if (error.keyword === 'if') continue;
    const path = `${error.instancePath}${toMissingOrUnknown(error)}`;
    const place = toPlace(path, headerNames);
    const code = toCode(error, 'parameter' in place);
    const key = JSON.stringify(place);
    if (!fields.has(key)) fields.set(key, { code, ...place, detail: toDetail(error) });
  }
  return [...fields.values()];
};

// The contract's own names are shorter; a client's may be megabytes long, and the reply must not be.
const MAX_NAME = 64;

/** Ajv points to the object that lacks a field or has an unknown one; the client needs the field. */
function toMissingOrUnknown({ params }: ErrorObject): string {
  const name: unknown = params.missingProperty ?? params.additionalProperty;
  return name === undefined ? '' : toPointerStep(String(name).slice(0, MAX_NAME));
}

function toPlace(
  path: string,
  headerNames: string[],
): Pick<InvalidField, 'pointer'> | Pick<InvalidField, 'parameter'> {
  const [, where, ...rest] = path.split('/');
  if (where === 'requestBody') return { pointer: rest.map((part) => `/${part}`).join('') };
  // Of a parameter that is a list, an item may be at fault.
  const name = fromPointerStep(rest[0] ?? '');
  const header = headerNames.find((each) => where === 'header' && each.toLowerCase() === name);
  return { parameter: header ?? name };
}

const CODES: Record<string, InvalidField['code']> = {
  enum: 'enum',
  format: 'format',
  maxItems: 'too-many',
  maxLength: 'too-long',
  maximum: 'too-large',
  minItems: 'too-few',
  minLength: 'too-short',
  minimum: 'too-small',
  pattern: 'pattern',
  required: 'required',
  type: 'type',
};

function toCode({ keyword }: ErrorObject, isParameter: boolean): InvalidField['code'] {
  if (keyword === 'additionalProperties')
    return isParameter ? 'unknown-parameter' : 'unknown-field';
  return CODES[keyword] ?? 'schema';
}

function toDetail({ keyword, message, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not known here';
  const rule: unknown = parentSchema?.['x-rule'];
  return typeof rule === 'string' ? rule : (message ?? 'is not valid');
}
