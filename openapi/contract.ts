import type { OpenAPIV3 } from 'openapi-types';
import generated from '../generated/openapi.json' with { type: 'json' };

/** Who may call the API from a page, and with which headers (the contract's `x-cors`). */
export type Cors = { origin: string; allowHeaders: string[]; exposeHeaders: string[] };

/** The contract, as generated/openapi.json has it. */
export type Contract = OpenAPIV3.Document & {
  'x-cors': Omit<Cors, 'origin'>;
  'x-problem-types': Record<string, { status: number; title: string }>;
};

/** The contract of this checkout. */
export const contract = generated as unknown as Contract;
