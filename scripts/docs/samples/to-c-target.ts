import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toCText } from './to-c-text.ts';

/** What follows the base URL, as text of C: each parameter of the query in a line of its own. */
export const toCTarget = ({ path, query }: ExampleRequest): string => {
  const parameters = Object.entries(query).map(
    (parameter, index) => (index === 0 ? '?' : '&') + parameter.map(encodeURIComponent).join('='),
  );
  return [path, ...parameters].map(toCText).join('\n    ');
};
