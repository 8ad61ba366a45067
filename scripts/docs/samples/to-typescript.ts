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

function toCall(request: ExampleRequest): string {
  const { operationId, pathValues, query, body, replyType, pagedList } = request;
  const toArgument = (name: string, value: string): unknown => {
    if (request.lists.includes(name)) return [value];
    return request.booleans.includes(name) ? value === 'true' : value;
  };
  const named = Object.entries(query).map(([name, value]) => [name, toArgument(name, value)]);
  const content = body ?? (named.length > 0 ? Object.fromEntries(named) : undefined);
  const values = [...pathValues, ...(content === undefined ? [] : [content])];
  const list = values.map(toValue).join(', ');
  if (pagedList) return toLoop(toIterator(operationId), list);
  if (STREAMS.has(replyType ?? '')) return toLoop(operationId, list);
  const call = `await client.${operationId}(${list});`;
  return replyType ? `const result = ${call}\nconsole.log(result);` : call;
}

// The client goes on where one of them ends.
const STREAMS = new Set(['application/x-ndjson', 'text/event-stream']);

/** The client requests page after page. */
const toLoop = (method: string, list: string): string =>
  `for await (const event of client.${method}(${list})) {\n  console.log(event);\n}`;

/** The method that reads all pages of a list: `events` for `listEvents`. */
const toIterator = (operationId: string): string =>
  operationId.replace(/^list(.)/, (_, first: string) => first.toLowerCase());

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
