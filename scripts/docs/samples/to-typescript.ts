import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toLiteral } from './to-literal.ts';

/** By our client; it has all operations but those that need no key. */
export const toTypescript = (request: ExampleRequest): string =>
  request.needsKey ? toClientCall(request) : toFetch(request);

function toClientCall(request: ExampleRequest): string {
  return `import { createClient, ProblemError } from "@iot-events/client";

const { BASE_URL = "", API_KEY = "" } = process.env;
const client = createClient({ baseUrl: BASE_URL, apiKey: API_KEY });

try {
${indent(toCall(request))}
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
`;
}

function toCall({ operationId, pathValues, query, body, hasReply, isPaged }: ExampleRequest) {
  const content = body ?? (Object.keys(query).length > 0 ? query : undefined);
  const values = [...pathValues, ...(content === undefined ? [] : [content])];
  const list = values.map(toValue).join(', ');
  // The client follows the links.
  if (isPaged)
    return `for await (const event of client.events(${list})) {\n  console.log(event);\n}`;
  const call = `await client.${operationId}(${list});`;
  return hasReply ? `const result = ${call}\nconsole.log(result);` : call;
}

/** There is nothing to send or to repeat. */
const toFetch = ({ path }: ExampleRequest): string => `const { BASE_URL = "" } = process.env;

const response = await fetch(\`\${BASE_URL}${path}\`);
if (!response.ok) throw new Error(await response.text());
console.log(await response.json());
`;

/** JSON, but for the quotes that names do not need. */
const toValue = (value: unknown): string =>
  toLiteral(value, 2).replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
