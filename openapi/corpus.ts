import type { OpenAPIV3 } from 'openapi-types';
import { contract } from './contract.ts';
import { listOperations } from './list-operations.ts';
import { resolveRef } from './resolve-ref.ts';

/** A request that can be sent to the router and through a gateway. */
export type CorpusRequest = {
  title: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: string | null;
};

type Mutation = { title: string; mutate: (request: Draft) => void };
/** A request whose body, or each item of it, is still an object. */
type Draft = Omit<CorpusRequest, 'body'> & {
  body: Record<string, unknown> | undefined;
  text?: string;
};

/** For every operation of the contract: a valid request, and one for each broken rule and each pair of them. */
export const createCorpus = (deviceID: () => string): CorpusRequest[] =>
  listOperations(contract).flatMap(({ path, method, operation }) =>
    toRequests(path, method, operation, deviceID),
  );

function toRequests(
  path: string,
  method: string,
  operation: OpenAPIV3.OperationObject,
  deviceID: () => string,
): CorpusRequest[] {
  const create = (mutations: Mutation[]): CorpusRequest => {
    const draft = toValid(path, method, operation, deviceID());
    for (const { mutate } of mutations) mutate(draft);
    const title = [operation.operationId, ...mutations.map((mutation) => mutation.title)].join(
      ', ',
    );
    return { ...draft, title, body: draft.text ?? toText(operation, draft.body) };
  };
  const mutations = [
    ...toParameterMutations(operation),
    ...toBodyMutations(operation),
    ...anywhere,
  ];
  const pairs = mutations.flatMap((first, index) =>
    mutations.slice(index + 1).map((second) => [first, second]),
  );
  return [[], ...mutations.map((mutation) => [mutation]), ...pairs].map(create);
}

function toText(operation: OpenAPIV3.OperationObject, body: Draft['body']): string | null {
  if (body === undefined) return null;
  return JSON.stringify(toBodySchema(operation)?.type === 'array' ? [body, body] : body);
}

function toValid(
  path: string,
  method: string,
  operation: OpenAPIV3.OperationObject,
  deviceID: string,
): Draft {
  const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
  const examples = parameters
    .filter(({ required }) => required)
    .map((parameter) => [parameter.in, parameter.name, toExample(parameter, deviceID)] as const);
  const query = examples.flatMap(([place, ...pair]) => (place === 'query' ? [pair] : []));
  const filled = examples
    .filter(([place]) => place === 'path')
    .reduce((template, [, name, value]) => template.replace(`{${name}}`, value), path);
  const schema = toEventSchema(operation);
  const body =
    schema &&
    Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        name === 'deviceID' ? deviceID : resolve(property).example,
      ]),
    );
  return {
    title: '',
    method: method.toUpperCase(),
    path: filled,
    query: Object.fromEntries(query),
    headers: body ? { 'content-type': 'application/json' } : {},
    body,
  };
}

const toExample = (parameter: OpenAPIV3.ParameterObject, deviceID: string): string =>
  parameter.name === 'deviceID'
    ? deviceID
    : String(parameter.example ?? resolve(parameter.schema ?? {}).example);

function toParameterMutations({ parameters = [] }: OpenAPIV3.OperationObject): Mutation[] {
  return (parameters as OpenAPIV3.ParameterObject[]).flatMap(({ name, in: place }) =>
    Object.entries(toBadTexts()).map(([title, value]) => ({
      title: `${name} ${title}`,
      mutate: (draft: Draft) => {
        if (place === 'path') draft.path = replaceLast(draft.path, String([value].flat()[0] ?? ''));
        else if (place === 'header') draft.headers[name] = 'x'.repeat(1_025);
        else if (value === undefined) delete draft.query[name];
        else draft.query[name] = value;
      },
    })),
  );
}

const replaceLast = (path: string, segment: string): string =>
  `${path.slice(0, path.lastIndexOf('/'))}/${encodeURIComponent(segment)}`;

const toBadTexts = (): Record<string, string | string[] | undefined> => ({
  missing: undefined,
  blank: ' ',
  'too long': 'x'.repeat(129),
  'of the wrong form': '2026-02-31',
  repeated: ['a', 'b'],
});

function toBodyMutations(operation: OpenAPIV3.OperationObject): Mutation[] {
  const schema = toEventSchema(operation);
  if (!schema) return [];
  const inField = (name: string, title: string, value: unknown): Mutation => ({
    title: `${name} ${title}`,
    mutate: ({ body }) => Object.assign(body ?? {}, { [name]: value }),
  });
  const fields = Object.keys(schema.properties ?? {}).flatMap((name) => [
    inField(name, 'missing', undefined),
    inField(name, 'null', null),
    inField(name, 'a number', 5),
    inField(name, 'an object', { $gt: '' }),
    inField(name, 'blank', ' '),
    inField(name, 'of 128 characters', 'x'.repeat(128)),
    inField(name, 'too long', 'x'.repeat(129)),
    inField(name, 'of the wrong form', '2026-02-31T23:59:60Z'),
    inField(name, 'over 16 KiB', 'x'.repeat(20_000)),
  ]);
  const withText = (title: string, text: string): Mutation => ({
    title,
    mutate: (draft) => Object.assign(draft, { text }),
  });
  return [
    ...fields,
    inField('unknown', 'field', 1),
    withText('malformed', '{"date":'),
    withText('empty body', ''),
    withText('a list', '[]'),
    withText('a list of no events', '[null, 5, [], {}, [[{}]]]'),
    withText('a list too long', JSON.stringify(Array(1_001).fill(0))),
    withText('text', '"text"'),
    withText('null', 'null'),
  ];
}

const inHeader = (name: string, value: string): Mutation => ({
  title: `${name}: ${value}`,
  mutate: ({ headers }) => Object.assign(headers, { [name]: value }),
});

const anywhere: Mutation[] = [
  inHeader('content-type', 'text/plain'),
  inHeader('content-type', 'application/json; charset=utf-8'),
  { title: 'an unknown parameter', mutate: ({ query }) => Object.assign(query, { other: '1' }) },
  {
    title: 'a parameter __proto__',
    mutate: (draft) => {
      draft.query = { ...draft.query, ['__proto__']: '1' };
    },
  },
  { title: 'an unknown path', mutate: (draft) => Object.assign(draft, { path: '/nowhere' }) },
  { title: 'another method', mutate: (draft) => Object.assign(draft, { method: 'PUT' }) },
  { title: 'no key', mutate: ({ headers }) => Object.assign(headers, { 'x-api-key': '' }) },
];

function toBodySchema({
  requestBody,
}: OpenAPIV3.OperationObject): OpenAPIV3.SchemaObject | undefined {
  if (!requestBody || '$ref' in requestBody) return undefined;
  const schema = requestBody.content['application/json']?.schema;
  return schema && resolve(schema);
}

/** The schema of the body, or of its items. */
function toEventSchema(operation: OpenAPIV3.OperationObject): OpenAPIV3.SchemaObject | undefined {
  const schema = toBodySchema(operation);
  return schema?.type === 'array' ? resolve(schema.items) : schema;
}

const resolve = (
  schema: OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject,
): OpenAPIV3.SchemaObject => resolveRef(contract, schema);
