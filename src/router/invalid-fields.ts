import type { ErrorObject } from 'ajv';
import type { InvalidField } from '../contract.ts';

/** Ajv's errors as the contract tells them: one for each field or parameter, in the contract's words. */
export const toInvalidFields = (errors: ErrorObject[]): InvalidField[] => {
  const fields = new Map<string, InvalidField>();
  for (const error of errors) {
    const path = `${error.instancePath}${missingOrUnknown(error)}`;
    if (!fields.has(path)) fields.set(path, { ...toPlace(path), detail: toDetail(error) });
  }
  return [...fields.values()];
};

// The contract's own names are shorter; of a client's, megabytes long, a reply must not be made.
const MAX_NAME = 64;

/** Ajv points at the object that lacks a field, or has one too many; clients want the field. */
function missingOrUnknown({ params }: ErrorObject): string {
  const name: unknown = params.missingProperty ?? params.additionalProperty;
  if (name === undefined) return '';
  const shown = String(name).slice(0, MAX_NAME);
  return `/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function toPlace(path: string): Pick<InvalidField, 'pointer'> | Pick<InvalidField, 'parameter'> {
  const [, where, ...rest] = path.split('/');
  if (where === 'requestBody') return { pointer: rest.map((part) => `/${part}`).join('') };
  return { parameter: rest.join('/').replaceAll('~1', '/').replaceAll('~0', '~') };
}

function toDetail({ keyword, message, parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not known here';
  const rule: unknown = parentSchema?.['x-rule'];
  return typeof rule === 'string' ? rule : (message ?? 'is not valid');
}
