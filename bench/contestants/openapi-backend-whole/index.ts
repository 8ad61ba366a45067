import contract from '../../../generated/openapi.json' with { type: 'json' };
import { createHandler } from '../openapi-backend/handler.ts';

/** openapi-backend as in its README, of this project's whole contract: what ours would be without its work. */
export const handler = createHandler(contract, {
  securityHandlers: { apiKey: () => true },
  // It knows no formats, and would complain of each; the contract's patterns hold.
  ajvOpts: { formats: { date: true, 'date-time': true, unicode: true, uuid: true } },
});
