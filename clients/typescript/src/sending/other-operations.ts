import { ConnectionError } from '../connection-error.ts';
import type { operations as Contract } from '../contract/api-types.ts';
import { operations } from '../contract/operations.ts';
import { parseJson } from '../reading/parse-json.ts';
import type { CallOptions, Request, Send } from './send.ts';
import type { Reply } from './send-once.ts';

/**
 * A method for each operation except those named. It takes the values of the path, then the body or the query, then
 * the options of the call.
 */
export type OtherOperations<Named> = {
  [Id in Exclude<keyof Contract, Named>]: (...values: Values<Id>) => Promise<Result<Id>>;
};

type Values<Id extends keyof Contract> = [
  ...PathValues<NonNullable<Contract[Id]['parameters']['path']>>,
  ...Content<Contract[Id]>,
  options?: CallOptions,
];

/** Of two values, nothing in a type would tell the order. */
type PathValues<Path> = [Path] extends [never] ? [] : [value: Path[keyof Path]];

type Content<Operation extends { parameters: { query?: object } }> = Operation extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? [body: Body]
  : QueryValues<Operation['parameters']['query']>;

type QueryValues<Query> = [NonNullable<Query>] extends [never]
  ? []
  : undefined extends Query
    ? [query?: Query]
    : [query: Query];

type Result<Id extends keyof Contract> = Successes<Contract[Id]['responses']>;

type Successes<Responses> = {
  [Status in keyof Responses & (200 | 201 | 202 | 204 | 207)]: Responses[Status] extends {
    content: { 'application/json': infer Body };
  }
    ? Body
    : undefined;
}[keyof Responses & (200 | 201 | 202 | 204 | 207)];

/** Creates the methods of all operations, as the generated table describes them. */
export const createOperations = (send: Send): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(operations).map(([id, [method, template, takes, expected]]) => [
      id,
      (...values: unknown[]) => {
        const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(String(values.shift())));
        const content = takes ? { [takes]: values.shift() } : {};
        const request: Request<unknown> = {
          method,
          path,
          ...content,
          expected: [...expected],
          read,
        };
        return send(request, values[0] as CallOptions | undefined);
      },
    ]),
  );

/** Any other response than an object did not come from the API. */
function read({ text }: Reply): unknown {
  if (text === '') return undefined;
  const body = parseJson(text);
  if (typeof body === 'object') return body;
  throw new ConnectionError('The response did not come from the API: it is no object');
}
