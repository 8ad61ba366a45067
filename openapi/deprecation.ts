import type { OpenAPIV3 } from 'openapi-types';
import { listOperations } from './list-operations.ts';

/** The `x-deprecation` of an operation: two UTC dates, and a page that says what to do. */
export type Deprecation = { since: string; sunset: string; link: string };

/** The headers of every reply of a deprecated operation. */
export type Notice = { Deprecation: string; Sunset: string; Link: string };

/** Lists every operation, named `GET /path`, with its deprecation if it has one. */
export const listDeprecations = (contract: OpenAPIV3.Document) =>
  listOperations(contract).map(({ path, method, operation }) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
    ...toParts(operation),
  }));

const toParts = (operation: object): { deprecation?: Deprecation } =>
  'x-deprecation' in operation ? { deprecation: operation['x-deprecation'] as Deprecation } : {};

/** Formats a deprecation as headers (RFC 9745, section 2; RFC 8594, section 3). */
export const toNotice = ({ since, sunset, link }: Deprecation): Notice => ({
  Deprecation: `@${Date.parse(since) / 1_000}`,
  Sunset: new Date(sunset).toUTCString(),
  Link: `<${link}>; rel="deprecation"`,
});
