// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
import type { ValidateFunction as Validator } from 'ajv';

export const requestValidators: Record<string, Validator[]>;
export const itemValidators: Record<string, Validator>;
