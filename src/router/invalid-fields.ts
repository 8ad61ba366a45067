import type { ErrorObject } from 'ajv';
import type { InvalidField } from '../contract.ts';
import { fromPointerStep, toPointerStep } from './json-text.ts';

/** Ajv's errors in the contract's form: one for each field or parameter, worded by its `x-rule`. */
export const toInvalidFields = (errors: ErrorObject[]): InvalidField[] => {
  const fields = new Map<string, InvalidField>();
  for (const error of errors) {
    const path = `${error.instancePath}${toMissingOrUnknown(error)}`;
    if (!fields.has(path)) fields.set(path, { ...toPlace(path), detail: toDetail(error) });
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

function toPlace(path: string): Pick<InvalidField, 'pointer'> | Pick<InvalidField, 'parameter'> {
  const [, where, ...rest] = path.split('/');
  if (where === 'requestBody') return { pointer: rest.map((part) => `/${part}`).join('') };
  return { parameter: fromPointerStep(rest.join('/')) };
}

function toDetail({ keyword, message, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not known here';
  const rule: unknown = parentSchema?.['x-rule'];
  return typeof rule === 'string' ? rule : (message ?? 'is not valid');
}
