import type { Model } from '../../gateway/import-document.ts';

/**
 * Turns the schema of a body into a model of API Gateway, which says no more than what kind of JSON it is. API Gateway
 * tells any other fault without the field (fact 21): the router finds these, and names the field.
 */
export const toModel = (schema: object): Model => {
  if ('$ref' in schema) return { $ref: schema.$ref };
  return 'type' in schema ? { type: schema.type } : {};
};
