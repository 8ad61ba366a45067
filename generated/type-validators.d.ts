// Made from openapi/event-types/ by scripts/generate.ts: do not edit.
import type { ValidateFunction as Validator } from 'ajv';

export const typeValidators: ReadonlyMap<string, Validator>;
