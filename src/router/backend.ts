import type { ValidateFunction } from 'ajv';
import type { Document, Handler, OpenAPIBackend } from 'openapi-backend';
import operations from '../../generated/operations.json' with { type: 'json' };
import { requestValidators } from '../../generated/request-validators.js';
import { DirectBackend } from './direct-backend.ts';

/**
 * openapi-backend with all that it would make of the contract at each start made ahead: it neither parses,
 * dereferences nor validates the contract, and compiles no validator.
 */
export const createBackend = (
  handlers: Record<string, Handler>,
  isAuthorized: Handler,
): OpenAPIBackend => {
  const api = new DirectBackend({
    definition: operations as unknown as Document,
    // Fails closed; without it a request that failed validation reaches its handler with a warning.
    strict: true,
    // A handler gets the numbers that the contract promises, not their text.
    coerceTypes: true,
    securityHandlers: { apiKey: isAuthorized },
    handlers,
  });
  // Nothing in it is waited for.
  void api.init();
  api.validator.requestValidators = Object.fromEntries(
    Object.entries(requestValidators).map(([id, all]) => [id, all.map(toBounded)]),
  );
  return api;
};

// A client is told no more of what is wrong, and openapi-backend fails at some 120,000 errors.
const MAX_ERRORS = 1_000;

function toBounded(validate: ValidateFunction): ValidateFunction {
  const bounded = (data: unknown): boolean => {
    const isValid = validate(data);
    bounded.errors = validate.errors?.slice(0, MAX_ERRORS) ?? null;
    return isValid;
  };
  bounded.errors = null as ValidateFunction['errors'];
  return bounded as unknown as ValidateFunction;
}
