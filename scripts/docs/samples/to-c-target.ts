import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toCText } from './to-c-text.ts';

/** The path and query as C string literals, one parameter of the query per line. */
export const toCTarget = ({ path, query }: ExampleRequest): string => {
  const parameters = Object.entries(query).map(
    (parameter, index) => (index === 0 ? '?' : '&') + parameter.map(encodeURIComponent).join('='),
  );
  return [path, ...parameters].map(toCText).join('\n    ');
};
