import { describe, expect, it } from 'vitest';
import { expectErrors } from '../harness/expect-errors.ts';
import { API_KEY, serve, toPlainDocument } from './fixture.ts';

describe('the event that a function gets', () => {
  it('has exactly the keys of payload 1.0, and null for what is empty (facts 44 and 45)', async () => {
    const { send, events } = await serve();

    await send('/open', { headers: { 'X-Api-Key': '' } });

    expect(Object.keys(events[0] ?? {}).sort()).toEqual(
      [
        'body',
        'headers',
        'httpMethod',
        'isBase64Encoded',
        'multiValueHeaders',
        'multiValueQueryStringParameters',
        'path',
        'pathParameters',
        'queryStringParameters',
        'requestContext',
        'resource',
        'stageVariables',
      ].sort(),
    );
    expect(events[0]).toMatchObject({
      body: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      queryStringParameters: null,
      stageVariables: null,
      isBase64Encoded: false,
    });
  });

  it('has the last of several values, all of them beside, and a space for a plus (fact 46)', async () => {
    const { send, events } = await serve();

    await send('/things/1?a=1&a=2&at=10:00+00:00&b=%2B');

    expect(events[0]).toMatchObject({
      queryStringParameters: { a: '2', at: '10:00 00:00', b: '+' },
      multiValueQueryStringParameters: { a: ['1', '2'], at: ['10:00 00:00'], b: ['+'] },
      resource: '/things/{id}',
      pathParameters: { id: '1' },
    });
  });

  it('has the path without the stage, as it was sent but for leading slashes (fact 47)', async () => {
    const { send, events } = await serve();

    await send('//things/a%20b/');

    expect(events[0]).toMatchObject({
      path: '/things/a%20b/',
      pathParameters: { id: 'a%20b' },
      requestContext: { path: '//things/a%20b/', resourcePath: '/things/{id}', stage: 'test' },
    });
  });

  it('keeps the case of header names, adds its own and drops some (fact 48)', async () => {
    const { send, events } = await serve();

    await send('/open', {
      headers: {
        'x-CuStom': ['a', 'b'],
        authorization: 'c',
        'user-agent': 'd',
        te: 'e',
        'max-forwards': '1',
      },
    });

    const { headers = {}, multiValueHeaders = {} } = events[0] ?? {};
    expect(headers).toMatchObject({ 'x-CuStom': 'b', Authorization: 'c', 'User-Agent': 'd' });
    expect(multiValueHeaders?.['x-CuStom']).toEqual(['a', 'b']);
    expect(Object.keys(headers)).toEqual(
      expect.arrayContaining(['Host', 'X-Amzn-Trace-Id', 'X-Forwarded-For', 'X-Forwarded-Proto']),
    );
    expect(headers).not.toHaveProperty('te');
    expect(headers).not.toHaveProperty('connection');
    expect(headers).not.toHaveProperty('Connection');
  });

  it('has what is named like a part of every object as it has all else', async () => {
    const { send, events } = await serve();

    await send('/things/1?constructor=1&__proto__=2&__proto__=3', { headers: { valueOf: '4' } });

    const { headers, multiValueHeaders, multiValueQueryStringParameters: query } = events[0] ?? {};
    expect(JSON.stringify(query)).toBe('{"constructor":["1"],"__proto__":["2","3"]}');
    expect(headers).toMatchObject({ valueOf: '4' });
    expect(multiValueHeaders).toMatchObject({ valueOf: ['4'] });
  });

  it('tells the operation, and the id of the key where one is required (fact 49)', async () => {
    const { send, events } = await serve();

    const { headers } = await send('/things/1');
    await send('/open');

    const [keyed, open] = events.map(({ requestContext }) => requestContext);
    expect(keyed).toMatchObject({
      operationName: 'getThing',
      requestId: headers['x-amzn-requestid'],
      extendedRequestId: headers['x-amz-apigw-id'],
      identity: { apiKey: API_KEY, sourceIp: '127.0.0.1' },
    });
    expect(keyed?.identity.apiKeyId).toMatch(/^[0-9a-f]{10}$/);
    expect(keyed?.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(keyed).not.toHaveProperty('authorizer');
    expect(open?.identity).not.toHaveProperty('apiKeyId');
  });

  it('has the stage variables', async () => {
    const { send, events } = await serve({
      stage: { name: 'test', variables: { colour: 'blue' } },
    });

    await send('/open');

    expect(events[0]?.stageVariables).toEqual({ colour: 'blue' });
  });
});

describe("a function's result (facts 51 to 54)", () => {
  const answer = async (result: unknown) => {
    const { send } = await serve({ document: toPlainDocument() }, async () => result);
    return send('/open');
  };

  it.each([
    ['an unknown key', { statusCode: 200, body: '', cookies: [] }],
    ['a status that is no number', { statusCode: 'test' }],
    ['a status that is none', { statusCode: 99 }],
    ['a status that is an object', { statusCode: { valueOf: 1, toString: 'x' } }],
    ['a status that is a list', { statusCode: [200] }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['text', 'hello'],
    ['a list', [1]],
    ['nothing', undefined],
    ['a header with a list', { headers: { a: ['b'] } }],
    ['a multi-value header without one', { multiValueHeaders: { a: 'b' } }],
    ['the shape of a failure', { errorMessage: 'x', errorType: 'Error' }],
    ['more than 6 MB', { statusCode: 200, body: 'x'.repeat(6_291_456) }],
  ])('becomes 502 if it is %s', async (_, result) => {
    const reply = await answer(result);

    expect(reply).toMatchObject({ status: 502, body: '{"message": "Internal server error"}' });
    expect(reply.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
  });

  it('cannot say how long it is, who asked, or how the connection goes on (fact 93)', async () => {
    const { headers, body } = await answer({
      body: 'body',
      headers: {
        'content-length': '1',
        'keep-alive': 'x',
        'X-Amzn-RequestId': 'mine',
        'x-own': '7',
      },
      multiValueHeaders: { 'Content-Length': ['2', '3'] },
    });

    expect(body).toBe('body');
    expect(headers).toMatchObject({ 'content-length': '4', 'x-own': '7' });
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['keep-alive']).not.toContain('x');
  });

  it('becomes 502 if it throws, and says nothing of it', async () => {
    const log = expectErrors();
    const { send } = await serve({ document: toPlainDocument() }, async () => {
      throw new Error('secret');
    });

    expect((await send('/open')).body).toBe('{"message": "Internal server error"}');
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it.each([
    ['an empty object', {}, 200],
    ['a status as text', { statusCode: '201' }, 201],
    ['null headers', { statusCode: 200, headers: null, multiValueHeaders: null }, 200],
  ])('may be %s', async (_, result, status) => {
    const reply = await answer(result);

    expect(reply).toMatchObject({ status, body: '' });
    expect(reply.headers['content-type']).toBe('application/json');
  });

  it('may have booleans as headers, and one name in both maps: the list first (fact 52)', async () => {
    const { headers } = await answer({
      headers: { 'x-flag': true, 'X-Many': 'c' },
      multiValueHeaders: { 'x-many': ['a', 'b'] },
    });

    expect(headers).toMatchObject({ 'x-flag': 'true', 'x-many': 'a, b, c' });
  });

  it("does not get through with the headers that are the gateway's (fact 54)", async () => {
    const names = ['Date', 'Server', 'Connection', 'WWW-Authenticate', 'Via', 'Upgrade'];
    const { headers } = await answer({
      headers: Object.fromEntries(names.map((name) => [name, 'mine'])),
    });

    expect(headers).toMatchObject({
      'x-amzn-remapped-date': 'mine',
      'x-amzn-remapped-server': 'mine',
      'x-amzn-remapped-connection': 'mine',
      'x-amzn-remapped-www-authenticate': 'mine',
    });
    expect(headers).not.toHaveProperty('via');
    expect(headers).not.toHaveProperty('upgrade');
  });

  it('stays base64 where no binary type is declared (fact 53)', async () => {
    expect((await answer({ body: 'aGk=', isBase64Encoded: true })).body).toBe('aGk=');
  });
});
