import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toFunctionUri } from '../../gateway/function-uri.ts';
import type { Invoke } from '../../gateway/local/function/lambda-function.ts';
import type { GatewaySettings } from '../../gateway/local/gateway-settings.ts';
import { API_KEY, serve } from './fixture.ts';

const INTEGRATION = 'x-amazon-apigateway-integration';
const VALIDATOR = 'x-amazon-apigateway-request-validator';

const lambda = (name = 'f') => ({
  [INTEGRATION]: { type: 'aws_proxy', httpMethod: 'POST', uri: toFunctionUri(name) },
});
const operation = (more: object = {}) => ({ responses: {}, ...lambda(), ...more });
const toDocument = (paths: object, more: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 't', version: '1' },
  paths,
  ...more,
});
const answerSlowly: Invoke = async () => {
  await sleep(20);
  return { statusCode: 200, body: 'ok' };
};
const start = (paths: object, more: object = {}, settings: Partial<GatewaySettings> = {}) =>
  serve({ document: toDocument(paths, more), ...settings }, answerSlowly);

describe('a document without any section of ours', () => {
  it('needs no security, no components and no timeout (fact 100)', async () => {
    const { send, events } = await start({ '/a': { get: operation() } });

    expect(await send('/a', { headers: { 'X-Api-Key': '' } })).toMatchObject({
      status: 200,
      body: 'ok',
    });
    expect(events).toHaveLength(1);
    expect((await send('/b')).body).toBe('{"message":"Missing Authentication Token"}');
  });

  it('may have members of a path that are no methods', async () => {
    const { send } = await start({
      '/a': { summary: 's', servers: [], parameters: [], get: operation() },
    });

    expect((await send('/a', { method: 'POST' })).status).toBe(403);
    expect((await send('/a', { method: 'SUMMARY' })).status).toBe(403);
  });

  it('hands a body on that it does not declare', async () => {
    const { send, events } = await start({ '/a': { post: operation() } });

    await send('/a', { method: 'POST', body: 'text', headers: { 'Content-Type': 'text/plain' } });

    expect(events[0]?.body).toBe('text');
  });
});

describe('routes go to the pair of resource and method (fact 90)', () => {
  const paths = {
    '/': { get: operation({ operationId: 'root' }) },
    '/{proxy+}': { 'x-amazon-apigateway-any-method': operation({ operationId: 'proxy' }) },
    '/jobs/{t}': { get: operation({ operationId: 'job' }) },
    '/cors': { options: operation({ operationId: 'cors' }) },
    '/things/real': { get: operation({ operationId: 'real' }) },
    '/things/{proxy+}': { post: operation({ operationId: 'things' }) },
    '/users/{id}': { get: operation({ operationId: 'user' }) },
    '/users/me': { patch: operation({ operationId: 'me' }) },
    '/a/{b}/c': { get: operation({ operationId: 'abc' }) },
    '/a/{b}/{c+}': { get: operation({ operationId: 'rest' }) },
  };

  it.each([
    ['GET', '/', 'root', null],
    ['GET', '/x', 'proxy', { proxy: 'x' }],
    ['GET', '/x/y', 'proxy', { proxy: 'x/y' }],
    ['GET', '/x/y/', 'proxy', { proxy: 'x/y' }],
    ['GET', '/x//y', 'proxy', { proxy: 'x//y' }],
    ['GET', '/x%2Fy/%40', 'proxy', { proxy: 'x%2Fy/%40' }],
    ['GET', '/jobs/x', 'job', { t: 'x' }],
    ['POST', '/jobs/x', 'proxy', { proxy: 'jobs/x' }],
    ['GET', '/jobs', 'proxy', { proxy: 'jobs' }],
    ['GET', '/jobs/x/y', 'proxy', { proxy: 'jobs/x/y' }],
    ['GET', '/cors', 'proxy', { proxy: 'cors' }],
    ['OPTIONS', '/cors', 'cors', null],
    ['GET', '/things/real', 'real', null],
    ['POST', '/things/real', 'things', { proxy: 'real' }],
    ['DELETE', '/things/real', 'proxy', { proxy: 'things/real' }],
    ['GET', '/users/me', 'user', { id: 'me' }],
    ['PATCH', '/users/me', 'me', null],
    ['GET', '/a/1/c', 'abc', { b: '1' }],
    ['GET', '/a/1/d/e', 'rest', { b: '1', c: 'd/e' }],
  ])('%s %s → %s %j', async (method, path, operationName, pathParameters) => {
    const { send, events } = await start(paths);

    await send(path, { method });

    expect(events).toMatchObject([{ pathParameters, requestContext: { operationName } }]);
  });

  it.each([
    ['POST', '/'],
    ['PROPFIND', '/x'],
    ['TRACE', '/x'],
  ])('%s %s goes to none (fact 78)', async (method, path) => {
    const { send, events } = await start(paths);

    expect((await send(path, { method })).status).toBe(403);
    expect(events).toEqual([]);
  });

  it.each(['/items//parts/1', '/items/1/parts/', '/items/1/parts//', '/items//'])(
    '%s has an empty value, and goes to none (fact 91)',
    async (path) => {
      const { send } = await start({
        '/items/{id}': { get: operation() },
        '/items/{id}/parts/{part}': { get: operation() },
      });

      expect((await send(path)).status).toBe(403);
    },
  );

  it.each(['a%2Fb', '%2e%2e', '%40', 'a%20b', '%zz', 'a+b'])(
    'hands on %s as it was sent (fact 89)',
    async (value) => {
      const { send, events } = await start({ '/items/{id}': { get: operation() } });

      await send(`/items/${value}`);

      expect(events[0]?.pathParameters).toEqual({ id: value });
    },
  );
});

describe('stage and base path (fact 47)', () => {
  it.each([
    ['/prod/a', { isInUrl: true }, '/a', '/prod/a'],
    ['//prod/a', { isInUrl: true }, '/a', '//prod/a'],
    ['/prod//a/', { isInUrl: true }, '/a/', '/prod//a/'],
    ['/a', {}, '/a', '/a'],
    ['/v1/a', { basePath: 'v1' }, '/v1/a', '/v1/a'],
    ['//v1/a', { basePath: 'v1' }, '/v1/a', '//v1/a'],
    ['/v1/a', { basePath: '/v1/' }, '/v1/a', '/v1/a'],
    ['/api/v1/a', { basePath: 'api/v1' }, '/api/v1/a', '/api/v1/a'],
    ['/v1/prod/a', { basePath: 'v1', isInUrl: true }, '/v1/prod/a', '/v1/prod/a'],
  ])('%s with %j', async (sent, stage, path, contextPath) => {
    const { send, events } = await start(
      { '/a': { get: operation() } },
      {},
      { stage: { name: 'prod', ...stage } },
    );

    expect((await send(sent)).status).toBe(200);
    expect(events).toMatchObject([
      { path, resource: '/a', requestContext: { path: contextPath, stage: 'prod' } },
    ]);
  });

  it.each(['/a', '/prod', '/prod/b', '/prodx/a'])('%s is served by no method', async (path) => {
    const { send } = await start(
      { '/a': { get: operation() } },
      {},
      { stage: { name: 'prod', isInUrl: true } },
    );

    expect((await send(path)).status).toBe(403);
  });
});

describe('forwarded headers (fact 94)', () => {
  it('are one value each', async () => {
    const { send, events } = await start({ '/a': { get: operation() } });
    const trace = 'Root=1-67891233-abcdef012345678912345678';

    await send('/a', {
      headers: {
        'x-forwarded-for': ['1.2.3.4', '5.6.7.8'],
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80',
        'x-amzn-trace-id': trace,
      },
    });

    expect(events[0]?.multiValueHeaders).toMatchObject({
      'X-Forwarded-For': ['1.2.3.4, 5.6.7.8, 127.0.0.1'],
      'X-Forwarded-Port': ['443'],
      'X-Forwarded-Proto': ['https'],
      'X-Amzn-Trace-Id': [trace],
    });
    expect(Object.keys(events[0]?.headers ?? {}).join()).not.toContain('x-forwarded');
  });
});

describe('what is no request for a method', () => {
  const paths = { '/a': { get: operation() } };

  it('is told of its bearer token on an unknown path (table C1)', async () => {
    const { send } = await start(paths);

    const reply = await send('/nope', { headers: { Authorization: 'Bearer x' } });

    expect(reply.status).toBe(403);
    expect(reply.headers['x-amzn-errortype']).toBe('IncompleteSignatureException');
    expect(JSON.parse(reply.body).message).toMatch(
      /^Invalid key=value pair \(missing equal-sign\) in Authorization header/,
    );
    expect((await send('/a', { headers: { Authorization: 'Bearer x' } })).status).toBe(200);
  });

  it.each([
    ['Basic eA==', true],
    ['Bearer a=b', true],
    ['Bearer a=b, c', false],
    ['x', false],
  ])('is told of the pairs in its Authorization: %s (table C1)', async (header, isPairs) => {
    const { send } = await start(paths);

    const { status, body } = await send('/nope', { headers: { Authorization: header } });

    expect(status).toBe(403);
    expect(JSON.parse(body).message).toMatch(
      isPairs ? `'Date' header. Authorization=${header}` : 'missing equal-sign',
    );
  });

  const sendRaw = async (port: number, text: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(text);
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes;
      socket.end();
    });
    await once(socket, 'close');
    return received;
  };

  it.each([
    ['a host with a space', 'GET /a HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['a host with a path', 'GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n', 400],
    ['a host with a user', 'GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n', 400],
    ['a host with a port', 'GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n', 200],
    ['two hosts', 'GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['a long URL', `GET /a?${'x'.repeat(10_300)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    ['a very long URL', `GET /a?${'x'.repeat(60_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    [
      'a URL and headers below their limits',
      `GET /a?${'x'.repeat(9_000)} HTTP/1.1\r\nHost: a\r\nB: ${'x'.repeat(9_000)}\r\n\r\n`,
      200,
    ],
    ['long headers', `GET /a HTTP/1.1\r\nHost: a\r\nB: ${'x'.repeat(10_300)}\r\n\r\n`, 431],
    ['very long headers', `GET /a HTTP/1.1\r\nHost: a\r\nB: ${'x'.repeat(60_000)}\r\n\r\n`, 431],
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\n\r\n', 403],
    ['an unknown method', 'FOO /a HTTP/1.1\r\nHost: a\r\n\r\n', 403],
  ])('has an answer: %s', async (_, text, status) => {
    const { port, send } = await start(paths);

    const received = await sendRaw(port, text);

    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status === 403) expect(received).toMatch(/x-amzn-requestid: [0-9a-f-]{36}/i);
    expect((await send('/a')).status).toBe(200);
  });
});

describe('validators and parameters (fact 99)', () => {
  const validators = {
    'x-amazon-apigateway-request-validators': {
      p: { validateRequestParameters: true },
      none: {},
    },
  };
  const q = { name: 'q', in: 'query', required: true, schema: { type: 'string' } };

  it("takes the root's validator, unless the method has one", async () => {
    const { send } = await start(
      {
        '/a': { get: operation({ parameters: [q] }) },
        '/b': { get: operation({ parameters: [q], [VALIDATOR]: 'none' }) },
      },
      { ...validators, [VALIDATOR]: 'p' },
    );

    expect((await send('/a')).status).toBe(400);
    expect((await send('/a?q=1')).status).toBe(200);
    expect((await send('/b')).status).toBe(200);
  });

  it('follows references, and takes the parameters of the path', async () => {
    const { send } = await start(
      {
        '/a': {
          get: operation({ parameters: [{ $ref: '#/components/parameters/Q' }], [VALIDATOR]: 'p' }),
        },
        '/b': { parameters: [q], get: operation({ [VALIDATOR]: 'p' }) },
        '/c': {
          parameters: [q],
          get: operation({ parameters: [{ ...q, required: false }], [VALIDATOR]: 'p' }),
        },
      },
      { ...validators, components: { parameters: { Q: q } } },
    );

    expect((await send('/a')).body).toContain('parameters: [q]');
    expect((await send('/b')).body).toContain('parameters: [q]');
    expect((await send('/c')).status).toBe(200);
  });
});

describe('gateway responses (fact 92)', () => {
  const withResponses = (responses: object, stage = {}) =>
    start(
      { '/a': { get: operation() } },
      { 'x-amazon-apigateway-gateway-responses': responses },
      { stage: { name: 'test', variables: { colour: 'blue' }, ...stage } },
    );

  it('may have a status alone', async () => {
    const { send } = await withResponses({ MISSING_AUTHENTICATION_TOKEN: { statusCode: 404 } });

    expect(await send('/zzz')).toMatchObject({
      status: 404,
      body: '{"message":"Missing Authentication Token"}',
    });
  });

  it('may have headers alone, of the request, the context and the stage', async () => {
    const { send } = await withResponses({
      DEFAULT_4XX: {
        responseParameters: {
          'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
          'gatewayresponse.header.X-Request': 'context.requestId',
          'gatewayresponse.header.X-Colour': 'stageVariables.colour',
          'gatewayresponse.header.X-Q': 'method.request.querystring.q',
          'gatewayresponse.header.X-None': 'method.request.header.none',
          'gatewayresponse.header.content-type': "'text/plain'",
        },
      },
    });

    const { status, headers } = await send('/zzz?q=1&q=2', { headers: { origin: 'https://a.b' } });

    expect(status).toBe(403);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://a.b',
      'x-request': headers['x-amzn-requestid'],
      'x-colour': 'blue',
      'x-q': '2',
      'content-type': 'text/plain',
    });
    expect(headers).not.toHaveProperty('x-none');
  });

  it("may have parameters by name alone, as AWS's own example", async () => {
    const { send } = await withResponses({
      DEFAULT_4XX: {
        responseParameters: {
          'gatewayresponse.header.X-Query': 'method.input.params.q',
          'gatewayresponse.header.X-Header': 'method.input.params.Accept',
          'gatewayresponse.header.X-None': 'method.input.params.none',
        },
        responseTemplates: { 'application/json': '{"q":"$method.input.params.q"}' },
      },
    });

    const { headers, body } = await send('/zzz?q=1', { headers: { accept: 'text/x' } });

    expect(headers).toMatchObject({ 'x-query': '1', 'x-header': 'text/x' });
    expect(headers).not.toHaveProperty('x-none');
    expect(body).toBe('{"q":"1"}');
  });

  it('cannot be made to send what is no header', async () => {
    const { send } = await withResponses({
      DEFAULT_4XX: {
        responseParameters: { 'gatewayresponse.header.X-Q': 'method.request.querystring.q' },
      },
    });

    const { status, headers } = await send('/zzz?q=a%0d%0ax:1');

    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('x-q');
  });

  it('replace variables in templates of several types', async () => {
    const { send } = await withResponses({
      DEFAULT_4XX: {
        responseTemplates: {
          'text/html': '<p>$context.error.message</p>',
          'application/json':
            '{"m":$context.error.messageString,"t":"$context.error.responseType","s":"$stageVariables.colour","h":"$method.request.header.x-a","u":"$context.unknown"}',
        },
      },
    });

    const html = await send('/zzz', { headers: { Accept: 'text/html, */*' } });
    const json = await send('/zzz', { headers: { 'X-A': '1' } });

    expect([html.headers['content-type'], html.body]).toEqual([
      'text/html',
      '<p>Missing Authentication Token</p>',
    ]);
    expect(JSON.parse(json.body)).toEqual({
      m: 'Missing Authentication Token',
      t: 'MISSING_AUTHENTICATION_TOKEN',
      s: 'blue',
      h: '1',
      u: '',
    });
  });
});

describe('a mock (fact 95)', () => {
  const mock = (integration: object, responses: object = { '200': {}, '404': {}, '204': {} }) => ({
    get: { responses, [INTEGRATION]: { type: 'mock', ...integration } },
    post: { responses, [INTEGRATION]: { type: 'mock', ...integration } },
  });
  const requestTemplates = (text: string) => ({ requestTemplates: { 'application/json': text } });

  it.each([
    ['{"statusCode": 404}', 404, '{"gone":true}'],
    ['{ statusCode: 404 }', 404, '{"gone":true}'],
    ['{"statusCode": "404"}', 404, '{"gone":true}'],
    ['{"a": {"statusCode": 404}, "statusCode": 200}', 200, '{"status":"ok"}'],
    ['{ a: { statusCode: 404 }, statusCode: 200 }', 200, '{"status":"ok"}'],
    ['{"a": {"statusCode": 404}}', 500, '{"message": "Internal server error"}'],
    ['{"statusCode": 200}', 200, '{"status":"ok"}'],
    ['{"statusCode": 500}', 200, '{"status":"ok"}'],
    ['{}', 500, '{"message": "Internal server error"}'],
  ])('answers by its template %s: %i %s', async (template, status, body) => {
    const { send } = await start({
      '/a': mock({
        ...requestTemplates(template),
        responses: {
          default: {
            statusCode: '200',
            responseTemplates: { 'application/json': '{"status":"ok"}' },
          },
          '4\\d{2}': {
            statusCode: 404,
            responseTemplates: { 'application/json': '{"gone":true}' },
          },
        },
      }),
    });

    expect(await send('/a')).toMatchObject({ status, body });
  });

  it('may have no default, or nothing at all (fact 88)', async () => {
    const { send } = await start({
      '/a': mock({
        ...requestTemplates('{"statusCode":200}'),
        responses: { '200': { statusCode: '200' } },
      }),
      '/b': mock(requestTemplates('{"statusCode":200}')),
      '/c': mock({
        ...requestTemplates('{ statusCode: 200 }'),
        responses: { '204': { statusCode: '204' } },
      }),
    });

    expect((await send('/a')).status).toBe(200);
    expect((await send('/b')).status).toBe(500);
    expect((await send('/c')).status).toBe(500);
  });

  it('sends no header that is of the connection (fact 93)', async () => {
    const names = [
      'Transfer-Encoding',
      'Content-Length',
      'Keep-Alive',
      'x-amzn-requestid',
      'X-Own',
    ];
    const toMapped = (prefix: string) =>
      Object.fromEntries(names.map((name) => [`${prefix}.header.${name}`, "'7'"]));
    const { send } = await start(
      {
        '/a': mock(
          {
            ...requestTemplates('{"statusCode":200}'),
            responses: {
              default: { statusCode: '200', responseParameters: toMapped('method.response') },
            },
          },
          { '200': { headers: Object.fromEntries(names.map((name) => [name, {}])) } },
        ),
      },
      {
        'x-amazon-apigateway-gateway-responses': {
          DEFAULT_4XX: { responseParameters: toMapped('gatewayresponse') },
        },
      },
    );

    for (const path of ['/a', '/nope']) {
      const { headers, body } = await send(path);

      expect(headers).toMatchObject({ 'content-length': String(body.length), 'x-own': '7' });
      expect(headers).not.toHaveProperty('transfer-encoding');
      expect(headers['keep-alive']).not.toBe('7');
      expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('is a 500 if its status can be no reply', async () => {
    const { send } = await start(
      {
        '/a': mock(
          {
            ...requestTemplates('{"statusCode":200}'),
            responses: { default: { statusCode: '101' } },
          },
          { '101': {} },
        ),
      },
      { 'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { statusCode: '100' } } },
    );

    expect((await send('/a')).status).toBe(500);
    expect((await send('/nope')).status).toBe(403);
  });

  it.each([
    ['when_no_match', 200],
    ['when_no_templates', 415],
    ['NEVER', 415],
  ])('without a template for the type, with %s: %i', async (passthroughBehavior, status) => {
    const { send } = await start({
      '/a': mock({
        ...requestTemplates('{"statusCode":404}'),
        passthroughBehavior,
        responses: { default: { statusCode: '200' }, '404': { statusCode: '404' } },
      }),
    });

    const reply = await send('/a', {
      method: 'POST',
      body: '{"statusCode":200}',
      headers: { 'Content-Type': 'text/plain' },
    });

    expect(reply.status).toBe(status);
  });
});

describe('binary media types (facts 50 and 53)', () => {
  const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80]);
  const serveBinary = (types: string[]) =>
    serve(
      {
        document: toDocument(
          { '/a': { post: operation() } },
          { 'x-amazon-apigateway-binary-media-types': types },
        ),
      },
      async () => ({ isBase64Encoded: true, body: bytes.toString('base64') }),
    );
  const post = (type: string, accept: string) => ({
    method: 'POST',
    body: bytes,
    headers: { 'Content-Type': type, Accept: accept },
  });

  it.each([
    ['image/jpeg', 'image/jpeg', true],
    ['image/jpeg', 'image/jpeg;q=0.9, */*', true],
    ['image/jpeg', '*/*', false],
    ['image/jpeg', 'text/html, image/jpeg', false],
    ['*/*', 'text/html', true],
    ['*/*', '*/*', true],
  ])('%s with Accept: %s', async (type, accept, isBytes) => {
    const { send, events } = await serveBinary([type]);

    const reply = await send('/a', post('image/jpeg', accept));

    expect(events[0]).toMatchObject({ isBase64Encoded: true, body: bytes.toString('base64') });
    expect(Buffer.from(reply.body, 'latin1').equals(bytes)).toBe(isBytes);
    expect(reply.headers['content-length']).toBe(isBytes ? '5' : '8');
  });

  it('leaves other types as text', async () => {
    const { send, events } = await serveBinary(['image/png']);

    await send('/a', post('image/jpeg', '*/*'));

    expect(events[0]).toMatchObject({ isBase64Encoded: false });
  });
});

describe('several functions (fact 97)', () => {
  it('are found by name, also by a stage variable', async () => {
    const one: Invoke = async () => ({ body: 'one' });
    const two: Invoke = async () => ({ body: 'two' });
    const uri = toFunctionUri('f').replace(':function:f', ':function:${stageVariables.fn}:live');
    const { send } = await start(
      {
        '/a': { get: { responses: {}, ...lambda('one') } },
        '/b': {
          get: { responses: {}, [INTEGRATION]: { type: 'aws_proxy', httpMethod: 'POST', uri } },
        },
      },
      {},
      { functions: { one, two }, stage: { name: 'test', variables: { fn: 'two' } } },
    );

    expect((await send('/a')).body).toBe('one');
    expect((await send('/b')).body).toBe('two');
  });
});

describe('an authorizer (given as a fixed context)', () => {
  it("holds for the methods without a security, if it is the root's; a key does not (fact 16)", async () => {
    const token = {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
    };
    const key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
    const { send, events } = await start(
      { '/a': { get: operation(), post: operation({ security: [] }) } },
      { components: { securitySchemes: { token, key } }, security: [{ token: [], key: [] }] },
      { authorizer: { principalId: 'me' } },
    );

    expect((await send('/a', { headers: { 'X-Api-Key': '' } })).status).toBe(200);
    expect((await send('/a', { method: 'POST', headers: { 'X-Api-Key': '' } })).status).toBe(200);

    expect(events[0]?.requestContext.authorizer).toEqual({ principalId: 'me' });
    expect(events[1]?.requestContext).not.toHaveProperty('authorizer');
  });

  it('lets everybody pass, and is in the event of the methods that require it', async () => {
    const { send, events } = await start(
      {
        '/a': { get: operation({ security: [{ token: [] }] }) },
        '/b': { get: operation() },
      },
      {
        components: {
          securitySchemes: {
            token: {
              type: 'apiKey',
              name: 'Authorization',
              in: 'header',
              'x-amazon-apigateway-authtype': 'custom',
              'x-amazon-apigateway-authorizer': {
                type: 'token',
                authorizerUri: toFunctionUri('auth'),
              },
            },
          },
        },
      },
      { authorizer: { principalId: 'me' } },
    );

    await send('/a', { headers: { 'X-Api-Key': '' } });
    await send('/b');

    expect(events[0]?.requestContext.authorizer).toEqual({ principalId: 'me' });
    expect(events[1]?.requestContext).not.toHaveProperty('authorizer');
  });
});

it('needs a key where the scheme is that of keys, in any case of letters (fact 36)', async () => {
  const { send } = await start(
    { '/a': { get: operation({ security: [{ k: [] }] }) } },
    { components: { securitySchemes: { k: { type: 'apiKey', name: 'X-API-Key', in: 'header' } } } },
  );

  expect((await send('/a', { headers: { 'X-Api-Key': 'x' } })).status).toBe(403);
  expect((await send('/a', { headers: { 'X-Api-Key': API_KEY } })).status).toBe(200);
});
