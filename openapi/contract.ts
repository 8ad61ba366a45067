import type { OpenAPIV3 } from 'openapi-types';
import generated from '../generated/openapi.json' with { type: 'json' };

/** The headers that pages of other origins may send and read. */
type CorsHeaders = { allowHeaders: string[]; exposeHeaders: string[] };

/** The origins whose pages may call the API, and their headers (the contract's `x-cors`); any if there are none. */
export type Cors = CorsHeaders & { origins: readonly string[] };

/** An OpenAPI document with the extensions of generated/openapi.json. */
export type Contract = OpenAPIV3.Document & {
  'x-cors': CorsHeaders;
  'x-problem-types': Record<string, { status: number; title: string; detail?: string }>;
};

/** The contract of this checkout. */
export const contract = generated as unknown as Contract;
