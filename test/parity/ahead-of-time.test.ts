import { randomUUID } from 'node:crypto';
import type { Context, Document, Handler } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '../../generated/handlers.ts';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { CorpusRequest } from '../../openapi/corpus.ts';
import { createCorpus } from '../../openapi/corpus.ts';
import { addFormats } from '../../scripts/generate/formats.ts';
import { withRules } from '../../scripts/generate/with-rules.ts';
import { withoutItems } from '../../scripts/generate/without-items.ts';
import { toInvalidFields } from '../../src/http/invalid-fields.ts';
import { parseBody } from '../../src/router/body.ts';
import { createRoutes } from '../../src/router/routes.ts';

type Asked = Omit<CorpusRequest, 'title'>;

/** Where a request leads, and with what: the fields at fault, or the parameters after coercion. */
type Answer = { to: string; operation?: string | undefined; errors?: object; parts?: object };

const answering =
  (to: string): Handler =>
  ({ operation, request, validation }: Context): Answer => {
    if (!operation) return { to };
    const { operationId, parameters = [] } = operation;
    const errors = validation?.errors;
    if (errors) {
      const names = parameters.map((parameter) => ('name' in parameter ? parameter.name : ''));
      return { to, operation: operationId, errors: toInvalidFields(errors, names) };
    }
    const { query, params: path } = request;
    return { to, operation: operationId, parts: { query, path } };
  };

/** As its README has it: dereferences the contract and compiles its schemas. */
const ordinary = new OpenAPIBackend({
  definition: withRules(withoutItems(contract)) as Document,
  strict: true,
  // Skips the check of the definition: withRules writes `if`, which OpenAPI 3.0 lacks. The test below checks it.
  quick: true,
  coerceTypes: true,
  ajvOpts: { allErrors: true, verbose: true },
  customizeAjv: addFormats,
  securityHandlers: { apiKey: () => true },
  handlers: {
    ...Object.fromEntries(Object.keys(handlers).map((id) => [id, answering('handler')])),
    notFound: answering('notFound'),
    methodNotAllowed: answering('methodNotAllowed'),
    validationFail: answering('validationFail'),
  },
});
beforeAll(() => ordinary.init());

const askOrdinary = ({ method, path, query, headers, body }: Asked): Promise<Answer> =>
  ordinary.handleRequest({ method, path, query, headers, body: body ?? undefined });

const routes = createRoutes(handlers);

function askOurs({ method, path, query, headers, body }: Asked): Answer {
  const route = routes.find(method, path);
  if (!route) return { to: routes.findAll(path).length > 0 ? 'methodNotAllowed' : 'notFound' };
  const header = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = { method, path, query, headers: header, body };
  const parts = route.toParameters({
    ...request,
    requestId: '',
    signal: new AbortController().signal,
    planKeyId: undefined,
  });
  const { value } = parseBody(body, header['content-type']);
  const errors = route.validate({ ...parts, header, requestBody: value });
  if (errors.length > 0) return { to: 'validationFail', operation: route.id, errors };
  return { to: 'handler', operation: route.id, parts };
}

const isPlain = (limit: string): boolean => /^-?\d+$/.test(limit);

/** What an ordinary openapi-backend does otherwise: it has no HEAD, and takes `1e3`, ` 10` and `0x10` for integers. */
const isOnlyOurs = ({ method, query: { limit } }: Asked): boolean =>
  method === 'HEAD' ||
  (typeof limit === 'string' && !isPlain(limit) && !Number.isNaN(Number(limit)));

/** The router has refused these by their form, before anything is validated. */
function isJsonObject({ headers, body }: Asked): boolean {
  const [, type] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const { isJson, value } = parseBody(body, type);
  return body === null || (isJson && typeof value === 'object');
}

const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';
const METHODS = ['GET', 'POST', 'DELETE', 'OPTIONS', 'get', 'constructor', '__proto__'];
const PATHS = [
  '/events',
  '/events/',
  '//events',
  ' /events ',
  '/events?limit=1',
  '/Events',
  '/%65vents',
  '/events/batch/',
  '/devices',
  '/devices/',
  `/devices/${DEVICE}/`,
  `/devices/${DEVICE}/events`,
  '/devices/{deviceID}',
  '/devices/%25',
  '/devices/a%2Fb',
  '/devices/__proto__',
  '/constructor',
  '/__proto__',
  '/',
  '',
];

it('the contract is one that openapi-backend takes', { tags: 'long' }, async () => {
  const definition = structuredClone(contract) as unknown as Document;

  await new OpenAPIBackend({ definition, strict: true, customizeAjv: addFormats }).init();
});

describe('routes and validators made ahead of time', () => {
  it('say of each request of the corpus what an ordinary openapi-backend says', {
    tags: 'long',
    timeout: 180_000,
  }, async () => {
    const reached = new Set<string>();
    const corpus = createCorpus(randomUUID).filter(isJsonObject);
    for (const request of corpus.filter((each) => !isOnlyOurs(each))) {
      const answer = askOurs(request);
      reached.add(`${answer.to} ${answer.operation}`);
      expect([request.title, answer]).toEqual([request.title, await askOrdinary(request)]);
    }

    for (const id of Object.keys(handlers)) expect(reached).toContain(`handler ${id}`);
    for (const id of Object.keys(handlers)) expect(reached).toContain(`validationFail ${id}`);
    expect(reached).toContain('notFound undefined');
    expect(reached).toContain('methodNotAllowed undefined');
  });

  it.each([
    ['5', 5],
    ['1000', 1000],
    ['05', 5],
  ])('turn the limit %s into %d', async (limit, number) => {
    const query = { deviceID: DEVICE, eventType: 'temp', date: '2026-05-05', limit };
    const request = { method: 'GET', path: '/events', query, headers: {}, body: null };
    const answer = askOurs(request);

    expect(answer.parts).toEqual({ query: { ...query, limit: number }, path: {} });
    expect(answer).toEqual(await askOrdinary(request));
    expect(query.limit).toBe(limit);
  });

  it.each(['1e2', ' 10', '0x10', ' ', ''])('refuse the limit %j', (limit) => {
    const query = { deviceID: DEVICE, eventType: 'temp', date: '2026-05-05', limit };

    expect(
      askOurs({ method: 'GET', path: '/events', query, headers: {}, body: null }),
    ).toMatchObject({
      to: 'validationFail',
      errors: [{ code: 'type', parameter: 'limit' }],
    });
  });

  it('lead HEAD where GET is led', () => {
    for (const path of PATHS) {
      const request = { path, query: {}, headers: {}, body: null };
      const get = askOurs({ ...request, method: 'GET' });
      expect([path, askOurs({ ...request, method: 'HEAD' })]).toEqual([path, get]);
    }
  });

  it.each(METHODS)('lead %s where an ordinary openapi-backend leads it', async (method) => {
    for (const path of PATHS) {
      const request = { method, path, query: {}, headers: {}, body: null };
      expect([path, askOurs(request)]).toEqual([path, await askOrdinary(request)]);
    }
  });
});
