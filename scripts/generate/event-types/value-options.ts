import type { Options } from 'ajv';

/** How values are validated: a member may be called like a property of Object.prototype, which each object has. */
export const VALUE_OPTIONS: Options = { strict: false, ownProperties: true };
