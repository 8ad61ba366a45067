import contract from '../../generated/openapi.json' with { type: 'json' };
import { responseValidators } from '../../generated/response-validators.js';

/** What a client sees of a reply. */
export type Answer = { status: number; type: string; body: string };

type Operation = { operationId: string; security: object[] };
type Expected = { statuses: string[]; operationId: string | undefined };

const paths: Record<string, Record<string, Operation>> = contract.paths;

/**
 * What of a reply the contract does not document, if anything; of a service and database that work. Every
 * status from 500 on counts as undocumented here.
 * @param path without the query, as the service takes it: with one slash at the start, and none at the end
 */
export const findUndocumented = (
  method: string,
  path: string,
  answer: Answer,
): string | undefined => {
  const { statuses, operationId } = toExpected(method, path);
  const says = `${method} ${path.slice(0, 200)} → ${answer.status} ${answer.type}`;
  if (answer.status >= 500 || !statuses.includes(String(answer.status))) {
    return `${says}: only ${statuses} are documented: ${answer.body.slice(0, 500)}`;
  }
  const wrong = answer.status >= 400 ? findBadProblem(answer) : findBadBody(answer, operationId);
  return wrong && `${says}: ${wrong}: ${answer.body.slice(0, 500)}`;
};

const ANY = new Set(['delete', 'get', 'head', 'options', 'patch', 'post', 'put']);

/** No operation has 404 and 405: they are for requests that name none. */
function toExpected(method: string, path: string): Expected {
  const [, item] = Object.entries(paths).find(([template]) => isOf(template, path)) ?? [];
  if (!item) return { statuses: ['404'], operationId: undefined };
  // HEAD is GET, without its body.
  const name = method.toLowerCase().replace(/^head$/, 'get');
  const operation = Object.hasOwn(item, name) && item[name];
  // What no ANY takes is unknown to API Gateway (fact 78 of gateway/facts.md); the function itself knows the path.
  if (!ANY.has(name)) return { statuses: ['403', '404', '405'], operationId: undefined };
  if (!operation) return { statuses: ['204', '403', '405', '415'], operationId: undefined };
  const { operationId } = operation;
  // What is left to `default` is for requests that name no operation.
  const { default: _, ...named } = responseValidators[operationId] ?? {};
  return { statuses: Object.keys(named), operationId };
}

const isOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

function findBadProblem({ status, type, body }: Answer): string | undefined {
  if (type !== 'application/problem+json') return 'it is no problem';
  const problem: { status?: number } = JSON.parse(body);
  const validate = responseValidators.addEvent?.[400];
  if (!validate?.(problem))
    return `it is none of the contract: ${JSON.stringify(validate?.errors)}`;
  return problem.status === status ? undefined : 'it is one of another status';
}

function findBadBody({ status, type, body }: Answer, operationId = ''): string | undefined {
  if (operationId === 'exportEvents') return findBadLines(type, body);
  const validate = responseValidators[operationId]?.[status];
  if (!validate) return body === '' ? undefined : 'it has a body';
  if (type !== 'application/json') return 'it is of no such type';
  return validate(JSON.parse(body))
    ? undefined
    : `it does not match: ${JSON.stringify(validate.errors)}`;
}

const CSV =
  /^\uFEFF?deviceID([,;])eventType\1date\1value\1id\r\n[\s\S]*# (complete|nextCursor: [\w-]+)\r\n$/;

function findBadLines(type: string, body: string): string | undefined {
  if (type.startsWith('text/csv')) return CSV.test(body) ? undefined : 'it is no CSV';
  if (type !== 'application/x-ndjson') return 'it is of no such type';
  const lines = body.split('\n');
  if (lines.pop() !== '') return 'its last line has no end';
  const [{ complete, nextCursor }, ...events] = lines.reverse().map((line) => JSON.parse(line));
  if (complete !== (nextCursor === undefined)) return 'its last line tells no end';
  const validate = responseValidators.listEvents?.[200];
  return validate?.({ events })
    ? undefined
    : `it does not match: ${JSON.stringify(validate?.errors)}`;
}
