import { Ajv } from 'ajv';
import type { ValidateItem } from './batch-items.ts';
import { addFormats } from './formats.ts';

/** The contract as openapi-backend is to see it: with arrays whose items the router validates by itself. */
export const withoutItems = (contract: object): object =>
  JSON.parse(JSON.stringify(contract), (_, node) => {
    if (!node?.['x-items-validated-by']) return node;
    const { items, ...array } = node;
    return { ...array, 'x-items': items };
  });

/** @param schema an item's, without references */
export const createItemValidator = (schema: object): ValidateItem => {
  const ajv = addFormats(new Ajv({ allErrors: true, verbose: true, strict: false }));
  const validate = ajv.compile({ properties: { requestBody: schema } });
  return (item) => {
    validate({ requestBody: item });
    return validate.errors ?? [];
  };
};
