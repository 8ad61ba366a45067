import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync, unzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { describe, expect, it, vi } from 'vitest';
import { readDocument } from '../../gateway/document/read-document.ts';
import type { FailureType } from '../../gateway/local/gateway-failure.ts';
import type { GatewayRequest } from '../../gateway/local/gateway-request.ts';
import { renderFailure } from '../../gateway/local/render-failure.ts';
import published from '../../generated/openapi.json' with { type: 'json' };
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import { toExact } from '../../scripts/generate/to-exact.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { API_KEY, contract, serve, toDocument, toPlainDocument } from './fixture.ts';

// Exact: an unknown property or code fails.
const { components } = toExact(published, { additionalProperties: false });
const isProblem = new Ajv({ strict: false, validateFormats: false }).compile({
  components,
  $ref: '#/components/schemas/Problem',
});

const json = { 'Content-Type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = json) => ({
  method: 'POST',
  body,
  headers,
});

describe("API Gateway's own errors (table C1), where the document sets none", () => {
  it.each([
    [
      'an unknown path',
      '/nope',
      {},
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ],
    [
      'an unknown method',
      '/things',
      { method: 'PUT' },
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ],
    [
      'HEAD where only GET is defined',
      '/open',
      { method: 'HEAD' },
      403,
      '',
      'MissingAuthenticationTokenException',
    ],
    [
      'a wrong key',
      '/things',
      { headers: { 'X-Api-Key': 'x' } },
      403,
      '{"message":"Forbidden"}',
      'ForbiddenException',
    ],
    [
      'a missing parameter',
      '/things?kind=a',
      {},
      400,
      '{"message": "Missing required request parameters: [x-tenant]"}',
      'BadRequestException',
    ],
    [
      'a blank parameter',
      '/things?kind=+',
      { headers: { 'x-tenant': 'a' } },
      400,
      '{"message": "Missing required request parameters: [kind]"}',
      'BadRequestException',
    ],
    [
      'a body that does not match',
      '/things',
      post('{"size":-1}'),
      400,
      '{"message": "Invalid request body"}',
      'BadRequestException',
    ],
    [
      'an empty body (fact 28)',
      '/things',
      post(''),
      400,
      '{"message": "Invalid request body"}',
      'BadRequestException',
    ],
    [
      'a malformed body',
      '/things',
      post('{'),
      400,
      '{"message": "Invalid request body"}',
      'BadRequestException',
    ],
    [
      'a body without a content type (fact 27)',
      '/things',
      post('{}', {}),
      400,
      '{"message": "Invalid request body"}',
      'BadRequestException',
    ],
  ] as const)(
    'answers %s with the bytes of AWS',
    async (_, path, sent, status, body, errorType) => {
      const { send, events } = await serve({ document: toPlainDocument() });

      const reply = await send(path, sent);

      expect(reply).toMatchObject({ status, body });
      expect(reply.headers['x-amzn-errortype']).toBe(errorType);
      expect(reply.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
      expect(reply.headers['x-amz-apigw-id']).toMatch(/=$/);
      expect(events).toEqual([]);
    },
  );

  it('does not validate a content type without a model (fact 26)', async () => {
    const { send, events } = await serve();

    expect((await send('/things', post('{', { 'Content-Type': 'text/plain' }))).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it('validates JSON with parameters in its content type', async () => {
    const { send } = await serve();

    const reply = await send(
      '/things',
      post('{}', { 'Content-Type': 'Application/JSON; charset=utf-8' }),
    );

    expect(reply.status).toBe(400);
  });

  it('checks the key before the parameters, and these before the body (facts 29 and 31)', async () => {
    const document = toPlainDocument();
    const add = document.paths['/things']?.post;
    if (add)
      add.parameters = [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }];
    const { send } = await serve({ document });

    expect(
      (await send('/things', { ...post('{'), headers: { ...json, 'X-Api-Key': '' } })).status,
    ).toBe(403);
    expect((await send('/things', post('{'))).body).toContain('parameters: [q]');
    expect((await send('/things?q=1', post('{'))).body).toContain('request body');
  });

  it("enforces a model's date-time, as AWS does", async () => {
    const document = toDocument();
    Object.assign(document.components.schemas.Thing ?? {}, {
      properties: { size: {}, at: { type: 'string', format: 'date-time' } },
    });
    const { send } = await serve({ document });

    expect((await send('/things', post('{"size":1,"at":"2026-05-05T17:19:35Z"}'))).status).toBe(
      200,
    );
    expect((await send('/things', post('{"size":1,"at":"yesterday"}'))).status).toBe(400);
  });

  it.each([
    ['a field whose name is as long as a body may be', { ['x'.repeat(5_000_000)]: 1 }],
    [
      'a hundred thousand unknown fields',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`unknown ${index}`, 1])),
    ],
  ])('tells some of what is wrong with %s', async (_, body) => {
    const { send } = await serve();

    const reply = await send('/things', post(JSON.stringify(body)));

    expect(reply.status).toBe(400);
    // The details stand in it twice, each of at most 10,000 characters before they are escaped.
    expect(reply.body.length).toBeLessThan(22_000);
    const { detail, errors } = JSON.parse(reply.body);
    expect(detail).toContain('missing required properties (["size"])');
    expect(errors).toEqual([{ code: 'schema', pointer: '', detail }]);
  });

  it('allows null where the contract says nullable', async () => {
    const { send } = await serve();

    expect((await send('/things', post('{"size":1,"note":null}'))).status).toBe(200);
  });

  it('ends a request over 10 MB in plain text, customised or not', async () => {
    const { send } = await serve();

    const reply = await send('/things', post(Buffer.alloc(10_485_761, ' ')));

    expect(reply).toMatchObject({
      status: 413,
      body: 'HTTP content length exceeded 10485760 bytes.',
    });
    expect(reply.headers['content-type']).toBe('text/plain');
  });

  it("refuses what is under 10 MB but over Lambda's 6 MB", async () => {
    const { send, events } = await serve();
    const body = `{"size":1,"note":"${'x'.repeat(6_291_456)}"}`;

    expect(await send('/things', post(body))).toMatchObject({
      status: 413,
      body: '{"message":"Request Too Long"}',
    });
    expect(events).toEqual([]);
  });

  it('takes a gzip body, and bounds what comes out of it', async () => {
    const { send, events } = await serve();
    const gzip = { ...json, 'Content-Encoding': 'gzip' };

    expect((await send('/things', post(gzipSync('{"size":1}'), gzip))).status).toBe(200);
    expect(events[0]?.body).toBe('{"size":1}');
    expect(
      (await send('/things', post(gzipSync(Buffer.alloc(20_000_000, 'x')), gzip))).status,
    ).toBe(413);
    expect((await send('/things', post('no gzip', gzip))).status).toBe(400);
    expect((await send('/things', post('{}', { ...json, 'Content-Encoding': 'br' }))).status).toBe(
      415,
    );
  });

  it.each(['br', 'constructor', '__proto__', 'gzip, gzip'])(
    'refuses a body that is coded as %s',
    async (coding) => {
      const { send, events } = await serve();

      const reply = await send(
        '/things',
        post('{"size":1}', { ...json, 'Content-Encoding': coding }),
      );

      expect(reply.status).toBe(415);
      expect(events).toEqual([]);
    },
  );

  it.each(['br', 'gzip'])(
    'asks nothing of the coding %s where there is no body',
    async (coding) => {
      const { send } = await serve();

      expect((await send('/open', { headers: { 'Content-Encoding': coding } })).status).toBe(200);
    },
  );

  describe('compresses a long reply (fact 37)', () => {
    const body = 'x'.repeat(2000);
    const answerLong = async () => ({ statusCode: 200, body });

    it.each([
      ['gzip', 'gzip'],
      ['GZIP', 'gzip'],
      ['deflate', 'deflate'],
      ['gzip, deflate, br', 'gzip'],
      ['deflate;q=0.5, gzip;q=1.0', 'gzip'],
      ['gzip;q=1.0, identity;q=0.5, *;q=0', 'gzip'],
      ['*', 'gzip'],
      ['gzip;q=0, *', 'deflate'],
      ['', undefined],
      ['gzip;q=0', undefined],
      ['x-not-gzip', undefined],
      ['constructor', undefined],
      ['br, gzip;q=0.8', undefined],
      ['identity, gzip;q=0.5', undefined],
    ])('Accept-Encoding: %s gets %s', async (accepted, coding) => {
      const { send } = await serve({}, answerLong);

      const reply = await send('/open', { headers: { 'Accept-Encoding': accepted } });

      expect(reply.headers['content-encoding']).toBe(coding);
      const bytes = Buffer.from(reply.body, 'latin1');
      expect((coding ? unzipSync(bytes) : bytes).toString()).toBe(body);
    });

    it('unless the client accepts nothing by name, or the function has compressed it', async () => {
      const headers = { 'Content-Encoding': 'br' };
      const { send } = await serve({}, answerLong);
      const compressed = await serve({}, async () => ({ statusCode: 200, headers, body }));
      const gzip = { headers: { 'Accept-Encoding': 'gzip' } };

      expect((await send('/open')).headers['content-encoding']).toBeUndefined();
      expect((await compressed.send('/open', gzip)).headers['content-encoding']).toBe('br');
    });
  });

  it('takes at most 10,240 bytes of headers (fact 43)', async () => {
    const { send } = await serve();

    expect((await send('/open', { headers: { a: 'x'.repeat(10_240) } })).status).toBe(431);
  });
});

describe('customised errors', () => {
  it.each([
    ['/nope', {}, 404, '/problems/not-found'],
    ['/things', { headers: { 'X-Api-Key': '' } }, 403, '/problems/forbidden'],
    ['/things', {}, 400, '/problems/invalid-request'],
    ['/things', post('{"size":"\\"a\\""}'), 400, '/problems/invalid-request'],
  ] as const)('are problems of the document: %s %j → %i', async (path, sent, status, type) => {
    const { send } = await serve();

    const reply = await send(path, sent);

    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    expect(JSON.parse(reply.body)).toMatchObject({
      type,
      status,
      requestId: reply.headers['x-amzn-requestid'],
    });
  });

  it.each([
    ['a missing parameter', '/things', {}],
    ['a body with quotes, backslashes and line breaks', '/things', post('{"\\"\\\\\\n\\u0001":1}')],
    ['a malformed body', '/things', post('{')],
    ['a wrong key', '/things', { headers: { 'X-Api-Key': 'x' } }],
    ['an unknown path', '/nope', {}],
    [
      'a coding that is not supported',
      '/things',
      post('{}', { ...json, 'Content-Encoding': 'br' }),
    ],
  ])('match the contract, and are not kept by caches: %s', async (_, path, sent) => {
    const { send } = await serve();

    const reply = await send(path, sent);

    expect(isProblem(JSON.parse(reply.body)), JSON.stringify(isProblem.errors)).toBe(true);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('match the contract whatever the failure', () => {
    const document = toDocument();
    const types = Object.keys(document['x-amazon-apigateway-gateway-responses']);
    const request = {
      requestId: randomUUID(),
      receivedAt: new Date(),
      headers: [],
    } as unknown as GatewayRequest;
    const { api } = readDocument(document);
    for (const type of types as FailureType[]) {
      if (['ACCESS_DENIED', 'WAF_FILTERED'].includes(type)) continue;
      const failure = { type, message: 'A "message"\\', details: '["a \\ \n \u0001"]' };
      const { body, headers } = renderFailure(api, failure, { request });

      expect(isProblem(JSON.parse(String(body))), `${type} ${body}`).toBe(true);
      expect(headers['Cache-Control']).toBe('no-store');
    }
    expect(types).toContain('BAD_REQUEST_BODY');
  });

  it('send any other method of a known path to the function, with the key that the path wants', async () => {
    const { send, events } = await serve();

    expect((await send('/things', { method: 'PATCH' })).status).toBe(200);
    expect((await send('/things', { method: 'PATCH', headers: { 'X-Api-Key': '' } })).status).toBe(
      403,
    );
    expect(events.map(({ httpMethod }) => httpMethod)).toEqual(['PATCH']);
  });
});

describe('HEAD', () => {
  it.each([
    ['plan', '/things/1', API_KEY, 200],
    ['plan', '/things/1', '', 403],
    ['plan', '/open', '', 200],
    ['scoped', '/things/1', '', 200],
    ['plan', '/nope', API_KEY, 404],
  ] as const)(
    'with keys: %s answers %s, key %j, with %i and no body',
    async (keys, path, key, status) => {
      const document = toImportDocument(contract, { ...LOCAL_FUNCTIONS, keys });
      const body = '{"ok":true}';
      const { send, events } = await serve({ document }, async () => ({ statusCode: 200, body }));
      const headers = { 'X-Api-Key': key };

      const head = await send(path, { method: 'HEAD', headers });
      const get = await send(path, { headers });

      expect(head).toMatchObject({ status, body: '' });
      expect(get.status).toBe(status);
      expect(head.headers['content-length']).toBe(String(get.body.length));
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
      expect(events.map(({ httpMethod }) => httpMethod)).toEqual(
        status === 200 ? ['HEAD', 'GET'] : [],
      );
    },
  );

  it('tells the length of the compressed body, and asks for no parameter', async () => {
    const { send } = await serve({}, async () => ({ statusCode: 200, body: 'x'.repeat(2_000) }));
    const headers = { 'Accept-Encoding': 'gzip' };

    const head = await send('/open', { method: 'HEAD', headers });
    const get = await send('/open', { headers });

    expect(head.headers['content-encoding']).toBe('gzip');
    expect(head.headers['content-length']).toBe(String(get.body.length));
    expect((await send('/things', { method: 'HEAD' })).status).toBe(200);
  });
});

describe('the others', () => {
  it.each(['resetAndDestroy', 'end'] as const)(
    'are served when a client breaks off in the middle of its body: %s',
    async (breakOff) => {
      const { send, events, port } = await serve();
      const unhandled = vi.fn();
      process.on('unhandledRejection', unhandled);
      const client = connect(port, '127.0.0.1').resume();
      client.write('POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
      await send('/open');

      client[breakOff]();
      await once(client, 'close');

      expect((await send('/open')).status).toBe(200);
      expect(unhandled).not.toHaveBeenCalled();
      expect(events.map(({ path }) => path)).toEqual(['/open', '/open']);
      process.off('unhandledRejection', unhandled);
    },
  );

  it('are served when the document has a model that cannot be used (fact 23)', async () => {
    const document = toDocument();
    Object.assign(document.components.schemas.Thing ?? {}, {
      properties: { size: { exclusiveMinimum: 5 } },
    });
    const { send } = await serve({ document });
    const log = expectErrors();

    expect((await send('/things', post('{"size":1}'))).status).toBe(500);
    expect((await send('/open')).status).toBe(200);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it.each([{ 'x-text': 'a\nb' }, { 'x-text': '→' }, { 'bad name': '1' }, { '': '1' }])(
    'are served when a function sets a header that cannot be sent: %j is a 502 (fact 93)',
    async (headers) => {
      const { send } = await serve({ document: toPlainDocument() }, async ({ path }) =>
        path === '/open' ? { headers } : { multiValueHeaders: { a: ['1'] } },
      );

      expect(await send('/open')).toMatchObject({
        status: 502,
        body: '{"message": "Internal server error"}',
      });
      expect((await send('/things/1')).status).toBe(200);
    },
  );
});

describe('the stage and its usage plan', () => {
  it('is in the URL where the stage says so', async () => {
    const { send, events } = await serve({
      stage: { name: 'v1', isInUrl: true },
      document: toPlainDocument(),
    });

    expect((await send('/v1/open')).status).toBe(200);
    expect(events[0]).toMatchObject({ path: '/open', requestContext: { path: '/v1/open' } });
    expect(await send('/open')).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  it('is behind a base path where a custom domain maps one to it (fact 47)', async () => {
    const { send, events } = await serve({ stage: { name: 'live', basePath: 'v1' } });

    expect((await send('/v1/things/a%20b/')).status).toBe(200);
    expect(events).toMatchObject([
      {
        resource: '/things/{id}',
        path: '/v1/things/a%20b/',
        requestContext: { path: '/v1/things/a%20b/', stage: 'live', resourcePath: '/things/{id}' },
      },
    ]);
    expect((await send('/v1/nope')).status).toBe(404);
  });

  it.each(['/open', '/v1open', '/live/open', '/V1/open', '/'])(
    'answers %s without the problems of the document, since no base path leads to it',
    async (path) => {
      const { send, events } = await serve({ stage: { name: 'live', basePath: 'v1' } });

      const reply = await send(path);

      expect(reply).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
      expect(reply.headers['x-amzn-errortype']).toBe('ForbiddenException');
      expect(events).toEqual([]);
    },
  );

  it('throttles a key past its burst, and says when to come back', async () => {
    const plan = { keys: [API_KEY], throttle: { rate: 0.001, burst: 2 } };
    const { send } = await serve({ plan });

    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await send('/things/1')).status);
    const reply = await send('/things/1');

    expect(statuses).toEqual([200, 200, 429]);
    expect(reply.headers['retry-after']).toBe('1');
    expect(reply.headers['x-amzn-errortype']).toBe('TooManyRequestsException');
    expect((await send('/open')).status).toBe(200);
  });

  it('throttles the stage for all callers, with or without a key', async () => {
    const { send } = await serve({ stage: { name: 'test', throttle: { rate: 0.001, burst: 1 } } });

    expect((await send('/open')).status).toBe(200);
    expect((await send('/open')).status).toBe(429);
  });

  it('counts a quota, in which refused requests are not', async () => {
    const plan = { keys: [API_KEY], quota: { limit: 1, period: 'MONTH' as const } };
    const { send } = await serve({ plan, document: toPlainDocument() });

    expect((await send('/things/1', { headers: { 'X-Api-Key': 'x' } })).status).toBe(403);
    expect((await send('/things/1')).status).toBe(200);
    expect(await send('/things/1')).toMatchObject({
      status: 429,
      body: '{"message":"Limit Exceeded"}',
    });
  });

  it('answers a preflight by itself, without a key (fact 38)', async () => {
    const { send, events } = await serve();

    const reply = await send('/things', { method: 'OPTIONS', headers: { 'X-Api-Key': '' } });

    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST,OPTIONS',
      'access-control-allow-headers': 'Content-Type,X-Api-Key',
    });
    expect(events).toEqual([]);
  });

  it('times out after what the document says', async () => {
    const document = toDocument();
    const integration = document.paths['/open']?.get?.['x-amazon-apigateway-integration'];
    expect(integration).toMatchObject({ timeoutInMillis: 29_000 });
    Object.assign(integration ?? {}, { timeoutInMillis: 50 });
    const { send } = await serve({ document }, () => new Promise(() => undefined));

    expect((await send('/open')).status).toBe(504);
  });
});
