import contract from '../../../generated/openapi.json' with { type: 'json' };
import { createHandler } from '../openapi-backend/handler.ts';

/** openapi-backend as in its README, with this project's whole contract: ours without its optimisations. */
export const handler = createHandler(contract, {
  securityHandlers: { apiKey: () => true },
  // openapi-backend knows no formats and would warn about each; the contract's patterns validate them.
  ajvOpts: { formats: { date: true, 'date-time': true, unicode: true, uuid: true } },
});
