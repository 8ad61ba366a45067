// Made from openapi/openapi.yaml by scripts/generate.ts: do not edit.
import type { ValidateFunction as Validator } from 'ajv';

export const responseValidators: Record<string, Record<string, Validator | null>>;
