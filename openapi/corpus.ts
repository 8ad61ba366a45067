import type { OpenAPIV3 } from 'openapi-types';
import { contract } from './contract.ts';
import { listOperations } from './list-operations.ts';
import { resolveRef } from './resolve-ref.ts';
import { toParameters } from './to-parameters.ts';

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
/** A request whose body, or the event that its batch has twice, is still an object. */
type Draft = Omit<CorpusRequest, 'body'> & {
  body?: Record<string, unknown> | undefined;
  text?: string;
};

/**
 * For every operation of the contract: a valid request, one for each broken rule and each pair of them, and one for
 * each optional value and each other spelling of a value.
 */
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
  const variants = [...toParameterVariants(operation), ...toBodyVariants(operation)];
  const pairs = mutations.flatMap((first, index) =>
    mutations.slice(index + 1).map((second) => [first, second]),
  );
  return [[], ...[...mutations, ...variants].map((mutation) => [mutation]), ...pairs].map(create);
}

function toText(operation: OpenAPIV3.OperationObject, body: Draft['body']): string | null {
  if (body === undefined) return null;
  const { member } = toBatch(operation);
  return JSON.stringify(member ? { [member]: [body, body] } : body);
}

function toValid(
  path: string,
  method: string,
  operation: OpenAPIV3.OperationObject,
  deviceID: string,
): Draft {
  const examples = toParameters(contract, operation)
    .filter(({ required, example }) => required || example !== undefined)
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

const toParameterMutations = (operation: OpenAPIV3.OperationObject): Mutation[] =>
  toParameters(contract, operation).flatMap((parameter) =>
    parameter.in === 'header'
      ? [inHeader(parameter.name, 'x'.repeat(1_025), 'too long')]
      : Object.entries(toBadTexts()).map(([title, value]) =>
          inParameter(parameter, `${parameter.name} ${title}`, value),
        ),
  );

/** A value for each parameter, and other spellings of the values that have several. */
const toParameterVariants = (operation: OpenAPIV3.OperationObject): Mutation[] =>
  toParameters(contract, operation).flatMap((parameter) => {
    const { name } = parameter;
    const schema = resolve(parameter.schema ?? {});
    if (parameter.in === 'header') return inHeader(name, 'W/"1.x"');
    return toGoodTexts(schema).map((text) => inParameter(parameter, `${name} ${text}`, text));
  });

const START = '2026-05-05T00:00:00Z';

const inParameter = (
  { name, in: place }: OpenAPIV3.ParameterObject,
  title: string,
  value: string | string[] | undefined,
): Mutation => ({
  title,
  mutate: (draft) => {
    if (place === 'path') draft.path = replaceLast(draft.path, String([value].flat()[0] ?? ''));
    else if (value === undefined) delete draft.query[name];
    else draft.query[name] = value;
    if (name !== 'since' && name !== 'until') return;
    // A range excludes the day of the example, and an end needs a start.
    delete draft.query.date;
    if (name === 'until') draft.query.since ??= START;
  },
});

function toGoodTexts({ format, type, ...schema }: OpenAPIV3.SchemaObject): string[] {
  if (type === 'integer') return ['1', '01', '1e3', ' 10', '0x10', '0', '-1', '1000000'];
  if (format === 'date-time') return INSTANTS;
  if (format === 'date') return ['2026-05-05', ...INSTANTS];
  const [first] = schema.enum ?? [schema.example ?? 'bW9mdXQxeGMuMC4wLnF4SzNhYQ'];
  return [...(schema.enum ?? [first])].map(String);
}

/** The spellings of an instant that generators of clients send (RFC 3339, section 5.6, and beyond). */
const INSTANTS = [
  '2026-05-05T17:19:35Z',
  '2026-05-05t17:19:35.123456z',
  '2026-05-05 17:19:35Z',
  '2026-05-05T17:19:35+0200',
  '2026-05-05T17:19:35 02:00',
  '2026-05-05 17:19:35 0200',
  '2026-05-05T17:19:35',
];

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
    withText('text', '"text"'),
    withText('null', 'null'),
    ...toBatchTexts(operation).map(([title, text]) => withText(title, text)),
  ];
}

function toBatchTexts(operation: OpenAPIV3.OperationObject): [title: string, text: string][] {
  const { member } = toBatch(operation);
  if (!member) return [];
  return [
    [`no ${member}`, '{}'],
    [`${member} null`, `{"${member}":null}`],
    [`${member} an object`, `{"${member}":{}}`],
    [`${member} empty`, `{"${member}":[]}`],
    [`${member} of no events`, `{"${member}":[null, 5, [], {}, [[{}]]]}`],
    [`${member} too many`, JSON.stringify({ [member]: Array(1_001).fill(0) })],
    [`${member} beside another`, `{"${member}":[{}],"other":1}`],
  ];
}

/** An event with each spelling of its date, and without each part that it may do without. */
function toBodyVariants(operation: OpenAPIV3.OperationObject): Mutation[] {
  if (!toEventSchema(operation)) return [];
  const withFields = (title: string, fields: object): Mutation => ({
    title,
    mutate: ({ body }) => Object.assign(body ?? {}, fields),
  });
  return [
    ...INSTANTS.map((date) => withFields(`date ${date}`, { date })),
    ...INSTANTS.map((receivedAt) => withFields(`receivedAt ${receivedAt}`, { receivedAt })),
    {
      title: 'deviceID in upper case',
      mutate: ({ body = {} }) => {
        body.deviceID = String(body.deviceID).toUpperCase();
      },
    },
    withFields('neither date nor id', { date: undefined, id: undefined }),
    withFields('date and id null', { date: null, id: null }),
    withFields('id null and no receivedAt', { id: null, receivedAt: undefined }),
    withFields('a date of a clock that was not set', { date: '1970-01-01T00:00:07Z' }),
    // Unescaped, it stands for text that was not UTF-8.
    withFields('a replacement character', { value: { '\ufffd': '\ufffd' } }),
    withFields('every character of an id', { id: 'Az09-:./_', eventType: '0-:./_Az' }),
    withFields('an id of 64 characters', { id: 'x'.repeat(64) }),
    withFields('an id of 65 characters', { id: 'x'.repeat(65) }),
    withFields('a type with a blank', { eventType: 'door opened' }),
    withFields('a type that begins with a dot', { eventType: '.temp' }),
  ];
}

const inHeader = (name: string, value: string, title = value): Mutation => ({
  title: `${name}: ${title}`,
  mutate: ({ headers }) => Object.assign(headers, { [name]: value }),
});

const anywhere: Mutation[] = [
  inHeader('content-type', 'text/plain'),
  inHeader('content-type', 'application/json; charset=utf-8'),
  inHeader('accept', 'text/csv'),
  inHeader('accept', 'image/png'),
  { title: 'an unknown parameter', mutate: ({ query }) => Object.assign(query, { other: '1' }) },
  {
    title: 'a parameter __proto__',
    mutate: (draft) => {
      draft.query = { ...draft.query, ['__proto__']: '1' };
    },
  },
  { title: 'an unknown path', mutate: (draft) => Object.assign(draft, { path: '/nowhere' }) },
  { title: 'another method', mutate: (draft) => Object.assign(draft, { method: 'PUT' }) },
  {
    title: 'HEAD',
    mutate: (draft) => {
      // Clients do not send a body with HEAD, and fetch refuses to.
      for (const name of ['body', 'text'] as const) delete draft[name];
      draft.method = 'HEAD';
    },
  },
  { title: 'no key', mutate: ({ headers }) => Object.assign(headers, { 'x-api-key': '' }) },
];

function toBodySchema({
  requestBody,
}: OpenAPIV3.OperationObject): OpenAPIV3.SchemaObject | undefined {
  if (!requestBody || '$ref' in requestBody) return undefined;
  const schema = requestBody.content['application/json']?.schema;
  return schema && resolve(schema);
}

type Batch = { member?: string; items?: OpenAPIV3.SchemaObject };

/** The member of the body that is a list of events, and their schema; nothing if the body is no batch. */
function toBatch(operation: OpenAPIV3.OperationObject): Batch {
  const { properties = {} } = toBodySchema(operation) ?? {};
  const [batch] = Object.entries(properties).flatMap(([member, property]) => {
    const schema = resolve(property);
    return 'items' in schema ? [{ member, items: resolve(schema.items) }] : [];
  });
  return batch ?? {};
}

/** The schema of the body, or of the events of a batch. */
const toEventSchema = (operation: OpenAPIV3.OperationObject): OpenAPIV3.SchemaObject | undefined =>
  toBatch(operation).items ?? toBodySchema(operation);

const resolve = (
  schema: OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject,
): OpenAPIV3.SchemaObject => resolveRef(contract, schema);
