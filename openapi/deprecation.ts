import type { OpenAPIV3 } from 'openapi-types';
import { listOperations } from './list-operations.ts';

/** What the contract says of a deprecated operation, in days of UTC (`x-deprecation`). */
export type Deprecation = { since: string; sunset: string; link: string };

/** The headers of each of its replies. */
export type Notice = { Deprecation: string; Sunset: string; Link: string };

/** By `GET /path`, each operation, and what the contract says of its end. */
export const listDeprecations = (contract: OpenAPIV3.Document) =>
  listOperations(contract).map(({ path, method, operation }) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
    ...toParts(operation),
  }));

const toParts = (operation: object): { deprecation?: Deprecation } =>
  'x-deprecation' in operation ? { deprecation: operation['x-deprecation'] as Deprecation } : {};

/** RFC 9745, section 2; RFC 8594, section 3. */
export const toNotice = ({ since, sunset, link }: Deprecation): Notice => ({
  Deprecation: `@${Date.parse(since) / 1_000}`,
  Sunset: new Date(sunset).toUTCString(),
  Link: `<${link}>; rel="deprecation"`,
});
