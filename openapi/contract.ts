import type { OpenAPIV3 } from 'openapi-types';
import generated from '../generated/openapi.json' with { type: 'json' };

/** The origin whose pages may call the API, and the headers they may send and read (the contract's `x-cors`). */
export type Cors = { origin: string; allowHeaders: string[]; exposeHeaders: string[] };

/** An OpenAPI document with the extensions of generated/openapi.json. */
export type Contract = OpenAPIV3.Document & {
  'x-cors': Omit<Cors, 'origin'>;
  'x-problem-types': Record<string, { status: number; title: string; detail?: string }>;
};

/** The contract of this checkout. */
export const contract = generated as unknown as Contract;
