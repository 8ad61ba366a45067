import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import operations from '../../generated/operations.json' with { type: 'json' };
import { responseValidators } from '../../generated/response-validators.js';
import { connect } from '../../src/database/connect.ts';
import type { Bucket } from '../../src/events/bucket.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { createForward, listen } from '../harness/outage.ts';
import type { ProxyRequest } from '../harness/proxy-event.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const DAY = '2026-05-05';
const INVALID_REQUEST = {
  type: '/problems/invalid-request',
  title: 'Invalid request',
  status: 400,
  detail: 'The request does not match the contract',
};

const { uri, client, buckets } = useDatabase();
const lambda = createApiHandler(client, { notBefore: '0000-01-01' });
const { atPort, forward } = createForward(uri);

afterEach(() => vi.restoreAllMocks());

describe('POST /events', () => {
  it('stores an event, and says so when it is sent again', async () => {
    const event = newEvent();

    const first = await post(event);
    const second = await post(event);

    expect([first.status, first.body]).toEqual([
      201,
      { status: 'created', message: 'Created event' },
    ]);
    expect([second.status, second.body]).toEqual([
      200,
      { status: 'duplicate', message: 'Event already stored' },
    ]);
    expect(await list(event)).toEqual([{ ...event, date: '2026-05-05T17:19:35.000Z' }]);
  });

  const { examples } = contract.paths['/events'].post.requestBody.content['application/json'];
  it.each(Object.entries(examples))("accepts the contract's example `%s`", async (_, example) => {
    const event = { value: null, ...example.value, deviceID: randomUUID() };

    const { status, body } = await post(event);

    const { date = '' } = { ...event, ...(body as { date?: string }) };
    expect(status).toBe(201);
    expect(await list({ ...event, date })).toEqual([
      { ...event, date: new Date(date).toISOString() },
    ]);
  });

  it.each([
    ['without a content type', {}],
    ['as application/json', { 'Content-Type': 'application/json' }],
    ['with a charset', { 'content-type': 'application/json; charset=utf-8' }],
    ['in any case', { 'CONTENT-TYPE': 'Application/JSON' }],
  ])('accepts a body %s', async (_, headers) => {
    expect((await post(newEvent(), { headers })).status).toBe(201);
  });

  it.each([
    ['2026-05-05t17:19:35z', '2026-05-05T17:19:35.000Z'],
    ['2026-05-05T17:19:35-00:00', '2026-05-05T17:19:35.000Z'],
    ['2026-05-06T00:19:35.1+07:00', '2026-05-05T17:19:35.100Z'],
    ['2026-05-05T17:19:35.9999999999Z', '2026-05-05T17:19:35.999Z'],
    [`2026-05-05T17:19:35.${'1'.repeat(38)}+00:00`, '2026-05-05T17:19:35.111Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ])('keeps the instant %s as %s', async (date, kept) => {
    const event = newEvent({ date });

    expect((await post(event)).status).toBe(201);
    expect(await list({ ...event, date: kept })).toEqual([{ ...event, date: kept }]);
  });

  it('accepts a body that the gateway has encoded', async () => {
    const event = newEvent({ value: 'grün' });
    const sent = proxyEvent({ method: 'POST' });
    sent.body = Buffer.from(JSON.stringify(event)).toString('base64');

    const reply = await lambda({ ...sent, isBase64Encoded: true });

    expect(reply.statusCode).toBe(201);
    expect(await list(event)).toMatchObject([{ value: 'grün' }]);
  });

  it.each([
    ['a type of 128 characters', { eventType: 'x'.repeat(128) }],
    ['a type of one digit', { eventType: '0' }],
    ['every character of a type', { eventType: 'Az09-:./_' }],
    ['an id of 64 characters', { id: 'x'.repeat(64) }],
    ['every character of an id', { id: '9aZ-:./_' }],
    ['an id that is null', { id: null }],
    ['a device in upper case', { deviceID: randomUUID().toUpperCase() }],
    ['the time at which it was received', { receivedAt: '2026-05-05T17:21:02Z' }],
    ['null for that time', { receivedAt: null }],
    ['a number of many digits after the point', { value: 0.1234567890123456 }],
    ['digits in a string', { value: '12345678901234567890, 1e400' }],
  ])('accepts %s', async (_, fields) => {
    expect((await post(newEvent(fields))).status).toBe(201);
  });

  it.each([
    [255, [201, 200]],
    [256, [400, 400]],
    [8_000, [400, 400]],
    [40_000, [400, 400]],
  ])(
    'answers a value of %i levels, in a body that may have 256, with %j',
    async (depth, statuses) => {
      const value = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      const text = JSON.stringify(newEvent({ value: 0 })).replace(':0}', `:${value}}`);

      const sent = [await postText(text), await postText(text)];

      expect(sent.map(({ status }) => status)).toEqual(statuses);
    },
  );

  it.each([
    ['no date', { date: undefined }, 'required', '/date'],
    ['no deviceID', { deviceID: undefined }, 'required', '/deviceID'],
    ['no eventType', { eventType: undefined }, 'required', '/eventType'],
    ['an unknown field', { colour: 'red' }, 'unknown-field', '/colour'],
    ['an unknown field that is null', { colour: null }, 'unknown-field', '/colour'],
    ['an unknown field with special characters', { 'a/b~c': 1 }, 'unknown-field', '/a~1b~0c'],
    ['a date that is a number', { date: 1_777_999_999 }, 'type', '/date'],
    ['a date that is null', { date: null }, 'required', '/date'],
    ['a date and an id that are null', { date: null, id: null }, 'required', '/date'],
    ['a deviceID that is null', { deviceID: null }, 'type', '/deviceID'],
    ['an eventType that is null', { eventType: null }, 'type', '/eventType'],
    ['a day for a date', { date: DAY }, 'pattern', '/date'],
    ['31 February', { date: '2026-02-31T00:00:00Z' }, 'format', '/date'],
    ['29 February of a common year', { date: '2026-02-29T00:00:00Z' }, 'format', '/date'],
    ['a leap second', { date: '2016-12-31T23:59:60Z' }, 'pattern', '/date'],
    ['24 hours', { date: `${DAY}T24:00:00Z` }, 'pattern', '/date'],
    ['two spaces for the T', { date: `${DAY}  17:19:35Z` }, 'pattern', '/date'],
    ['an underscore for the T', { date: `${DAY}_17:19:35Z` }, 'pattern', '/date'],
    ['no offset', { date: `${DAY}T17:19:35` }, 'pattern', '/date'],
    ['an offset of hours alone', { date: `${DAY}T17:19:35+02` }, 'pattern', '/date'],
    ['an offset of a day', { date: `${DAY}T17:19:35+24:00` }, 'pattern', '/date'],
    ['a comma in the seconds', { date: `${DAY}T17:19:35,5Z` }, 'pattern', '/date'],
    ['a line end after the date', { date: `${DAY}T17:19:35Z\n` }, 'pattern', '/date'],
    ['a year of five digits in UTC', { date: '9999-12-31T23:59:59-00:01' }, 'format', '/date'],
    ['a year before 0000 in UTC', { date: '0000-01-01T00:00:00+00:01' }, 'format', '/date'],
    ['39 digits', { date: `${DAY}T17:19:35.${'1'.repeat(39)}Z` }, 'pattern', '/date'],
    ['urn:uuid:', { deviceID: `urn:uuid:${randomUUID()}` }, 'pattern', '/deviceID'],
    ['no hyphens', { deviceID: randomUUID().replaceAll('-', '') }, 'pattern', '/deviceID'],
    ['a deviceID that is an object', { deviceID: { $ne: null } }, 'type', '/deviceID'],
    ['an empty eventType', { eventType: '' }, 'too-short', '/eventType'],
    ['a blank eventType', { eventType: ' \t\n' }, 'pattern', '/eventType'],
    ['a type with a blank', { eventType: 'a b' }, 'pattern', '/eventType'],
    ['a type with a blank at its end', { eventType: 'temp ' }, 'pattern', '/eventType'],
    ['a type with a line end', { eventType: 'temp\n' }, 'pattern', '/eventType'],
    ['a type with a semicolon', { eventType: 'a;b' }, 'pattern', '/eventType'],
    ['a type that begins with a hyphen', { eventType: '-a' }, 'pattern', '/eventType'],
    ['a type that begins with a dollar sign', { eventType: '$a' }, 'pattern', '/eventType'],
    ['a type with an accent', { eventType: 'café' }, 'pattern', '/eventType'],
    ['129 characters', { eventType: 'x'.repeat(129) }, 'too-long', '/eventType'],
    ['half a surrogate pair', { eventType: 'x\ud800' }, 'pattern', '/eventType'],
    ['an eventType that is a number', { eventType: 5 }, 'type', '/eventType'],
    ['an empty id', { id: '' }, 'too-short', '/id'],
    ['an id of 65 characters', { id: 'x'.repeat(65) }, 'too-long', '/id'],
    ['an id with a blank', { id: 'boot 17' }, 'pattern', '/id'],
    ['an id that begins with a slash', { id: '/1' }, 'pattern', '/id'],
    ['an id that is a number', { id: 5 }, 'type', '/id'],
    ['a receivedAt that is no instant', { receivedAt: 'now' }, 'pattern', '/receivedAt'],
    ['a receivedAt that never was', { receivedAt: `${DAY}T23:59:60Z` }, 'pattern', '/receivedAt'],
  ])('refuses %s, and names the field', async (_, fields, code, pointer) => {
    const { requestId, status, body } = await post(newEvent(fields));

    expect(status).toBe(400);
    expect(body).toEqual({
      ...INVALID_REQUEST,
      requestId,
      errors: [{ code, pointer, detail: expect.any(String) }],
    });
  });

  it('refuses `__proto__` like any unknown field', async () => {
    const text = JSON.stringify(newEvent()).replace('{', '{"__proto__":{"value":1},');

    expect((await postText(text)).body).toMatchObject({
      errors: [{ code: 'unknown-field', pointer: '/__proto__' }],
    });
  });

  it('names each wrong field once', async () => {
    const { body } = await post({ date: 'x', deviceID: 'y', colour: 1 });

    expect(pointersOf(body)).toEqual(['/colour', '/date', '/deviceID', '/eventType']);
  });

  it('names the first thousand of the wrong fields, however many there are', async () => {
    const fields = Array.from({ length: 200_000 }, (_, index) => [`unknown ${index}`, index]);

    const { status, body } = await post(Object.fromEntries(fields));

    expect(status).toBe(400);
    expect(pointersOf(body)).toHaveLength(1_000);
  });

  it("tells a field's rule in the contract's words", async () => {
    const fields = { date: '2026-02-31T00:00:00Z', eventType: 'a b', id: '' };
    const { body } = await post(newEvent(fields));

    const { Instant, EventType, EventId } = contract.components.schemas;
    const { errors } = body as { errors: { pointer: string }[] };
    expect(errors.sort((a, b) => (a.pointer < b.pointer ? -1 : 1))).toEqual([
      { code: 'format', pointer: '/date', detail: Instant['x-rule'] },
      { code: 'pattern', pointer: '/eventType', detail: EventType['x-rule'] },
      { code: 'too-short', pointer: '/id', detail: EventId['x-rule'] },
    ]);
  });

  it.each([
    ['null', 'type', 'must be object'],
    ['[]', 'type', 'must be object'],
    ['"text"', 'type', 'must be object'],
    ['5', 'type', 'must be object'],
    ['true', 'type', 'must be object'],
    ['', 'required', 'is required'],
    [null, 'required', 'is required'],
  ])('refuses the body %j as a whole: %s', async (text, code, detail) => {
    const { status, body } = await postText(text);

    expect(status).toBe(400);
    expect(body).toMatchObject({ ...INVALID_REQUEST, errors: [{ code, pointer: '', detail }] });
  });

  it.each([
    ['{"a":[1e400]}', '/value/a/0'],
    ['{"a":[-1e400]}', '/value/a/0'],
    ['12345678901234567890', '/value'],
    ['[0,9007199254740993]', '/value/1'],
    ['{"a/b":{"~":1e-400}}', '/value/a~1b/~0'],
    ['["1e400",1e999]', '/value/1'],
    // However an integer is written.
    ['9007199254740993.0', '/value'],
    ['-9007199254740993.000', '/value'],
    ['90071992547409930e-1', '/value'],
    ['9.007199254740993e15', '/value'],
    ['9.007199254740993E+0015', '/value'],
    ['900719925474099.3e1', '/value'],
    ['9007199254740993e0', '/value'],
    ['0.0000000000009007199254740993e28', '/value'],
    ['9007199254740993.5', '/value'],
    ['18446744073709551615.0', '/value'],
    ['1.8446744073709551615e19', '/value'],
    [`9007199254740993${'0'.repeat(300)}e-300`, '/value'],
    [`[{"a":[0,${'1'.repeat(300)}e-280]}]`, '/value/0/a/1'],
    ['{"a":9007199254740992.0,"b":[9007199254740993.0]}', '/value/b/0'],
    ['1e999999999999999999999', '/value'],
  ])('refuses a number that JSON cannot carry: %s', async (value, pointer) => {
    const { status, body } = await postText(
      JSON.stringify(newEvent({ value: 0 })).replace(':0}', `:${value}}`),
    );

    expect(status).toBe(400);
    expect(body).toMatchObject({
      ...INVALID_REQUEST,
      errors: [{ code: 'inexact-number', pointer }],
    });
  });

  it.each([
    '1e15',
    '9007199254740992',
    '1.7976931348623157e308',
    '5e-324',
    '-0',
    '0e999',
    '-0.000e-999999999999999999999',
    '9007199254740992.0',
    '9.007199254740992e15',
    '90071992547409920e-1',
    '9007199254740991.6',
    '0.12345678901234567890',
    '18446744073709551616.0',
    // As programs write a double: in the digits that tell it from its neighbours.
    '1e23',
    '6.02214076e+23',
    '1.152921504606847e+18',
    '9223372036854776000',
    '-12345678901234567000',
    '123456789012345680000.0',
  ])('accepts the number %s', async (value) => {
    const text = JSON.stringify(newEvent({ value: 0 })).replace(':0}', `:${value}}`);

    expect((await postText(text)).status).toBe(201);
  });

  it.each(['{', '{"date":', '{"a":1}}', "{'a':1}", ' ', '\ufeff{}', '01', 'NaN'])(
    'refuses malformed JSON: %j',
    async (text) => {
      expect(await postText(text)).toMatchObject({
        status: 400,
        body: {
          type: '/problems/malformed-json',
          errors: [{ code: 'malformed-json', pointer: '' }],
        },
      });
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/json',
    '',
  ])('refuses the content type %j', async (contentType) => {
    expect(await post(newEvent(), { headers: { 'Content-Type': contentType } })).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-media-type' },
    });
  });

  it('takes 16 KiB of compact JSON, and white space beside', async () => {
    const event = newEvent({ date: '2026-05-05T17:19:35.000Z', value: '' });
    const value = 'x'.repeat(16_384 - JSON.stringify(event).length);

    const { status } = await postText(JSON.stringify({ ...event, value }, null, 2000));

    expect(status).toBe(201);
  });

  it('refuses one byte more', async () => {
    const event = newEvent({ date: '2026-05-05T17:19:35.000Z', value: '' });
    const value = 'x'.repeat(16_385 - JSON.stringify(event).length);

    expect(await post({ ...event, value })).toMatchObject({
      status: 413,
      body: {
        type: '/problems/payload-too-large',
        detail: 'The event is 16385 bytes as replies write it, 16384 are allowed',
      },
    });
  });

  it('counts bytes, not characters', async () => {
    expect((await post(newEvent({ value: 'ü'.repeat(8_200) }))).status).toBe(413);
  });

  it('stores nothing of an event that it refuses', async () => {
    const event = newEvent({ colour: 'red' });

    await post(event);

    expect(await list(event)).toEqual([]);
  });
});

describe('GET /events', () => {
  it('gives an empty list for a day without events', async () => {
    const { status, body } = await get(dayOf(newEvent()));

    expect([status, body]).toEqual([200, { events: [] }]);
  });

  it('gives the events of the day, newest first', async () => {
    const event = newEvent();
    for (const second of [35, 37, 36]) {
      await post({ ...event, date: `${DAY}T17:19:${second}Z`, value: second });
    }

    expect(await list(event)).toEqual([
      { ...event, date: `${DAY}T17:19:37.000Z`, value: 37 },
      { ...event, date: `${DAY}T17:19:36.000Z`, value: 36 },
      { ...event, date: `${DAY}T17:19:35.000Z`, value: 35 },
    ]);
  });

  it('gives each event its id, if it has one, and its device in lower case', async () => {
    const event = newEvent({ id: 'boot-17/4' });
    const deviceID = String(event.deviceID).toUpperCase();
    await post({ ...event, deviceID });

    expect(await list({ ...event, deviceID })).toEqual([
      { ...event, date: `${DAY}T17:19:35.000Z` },
    ]);
  });

  it.each([
    ['no deviceID', { deviceID: [] }, 'required', 'deviceID'],
    ['no eventType', { eventType: [] }, 'required', 'eventType'],
    ['no date', { date: [] }, 'required', 'date'],
    ['a deviceID that is no UUID', { deviceID: 'x' }, 'pattern', 'deviceID'],
    ['a blank eventType', { eventType: ' ' }, 'pattern', 'eventType'],
    ['an empty eventType', { eventType: '' }, 'too-short', 'eventType'],
    ['an eventType that is too long', { eventType: 'x'.repeat(129) }, 'too-long', 'eventType'],
    ['a day that does not exist', { date: '2026-02-30' }, 'format', 'date'],
    ['a time without an offset', { date: `${DAY}T00:00:00` }, 'pattern', 'date'],
    ['an unknown parameter', { page: '5' }, 'unknown-parameter', 'page'],
    ['special characters in a name', { 'a/b~c': '5' }, 'unknown-parameter', 'a/b~c'],
    ['an operator of MongoDB', { 'date[$ne]': '5' }, 'unknown-parameter', 'date[$ne]'],
    ["every object's name", { ['__proto__']: '5' }, 'unknown-parameter', '__proto__'],
    ['that name twice', { ['__proto__']: ['5', '6'] }, 'unknown-parameter', '__proto__'],
    ['a repeated date', { date: [DAY, DAY] }, 'type', 'date'],
    ['a repeated eventType', { eventType: ['a', 'b'] }, 'type', 'eventType'],
    ['a repeated deviceID', { deviceID: [randomUUID(), randomUUID()] }, 'type', 'deviceID'],
    ['a repeated limit', { limit: ['5', '5'] }, 'type', 'limit'],
    ['a limit in words', { limit: '1e3' }, 'type', 'limit'],
  ])('refuses %s, and names the parameter', async (_, parameters, code, parameter) => {
    const { requestId, status, body } = await get({ ...dayOf(newEvent()), ...parameters });

    expect(status).toBe(400);
    expect(body).toEqual({
      ...INVALID_REQUEST,
      requestId,
      errors: [{ code, parameter, detail: expect.any(String) }],
    });
  });
});

describe('GET /health', () => {
  it('answers without a key', async () => {
    const reply = await send({ path: '/health', apiKeyId: null });

    expect(reply).toMatchObject({
      status: 200,
      body: { status: 'ok', version: operations.info.version },
    });
    expect(reply.body).not.toHaveProperty('build');
  });

  it('tells the build of a deployment', async () => {
    const deployed = createApiHandler(client, { build: '0123456789abcdef' });
    const { body } = await send({ path: '/health', apiKeyId: null }, deployed);

    expect(body).toEqual({
      status: 'ok',
      version: operations.info.version,
      build: '0123456789abcdef',
    });
  });
});

describe('any request', () => {
  it.each(['/', '/event', '/events/5', '/health/x', '//events'])(
    'has no reply at the path %s',
    async (path) => {
      expect(await send({ path })).toMatchObject({
        status: 404,
        body: { type: '/problems/not-found' },
      });
    },
  );

  it.each([
    ['PUT', '/events', ['DELETE', 'GET', 'HEAD', 'POST']],
    ['HEAD', '/events/batch', ['POST']],
    ['PUT', `/devices/${randomUUID()}`, ['DELETE', 'GET', 'HEAD']],
    ['POST', '/health', ['GET', 'HEAD']],
  ])('cannot be %s %s', async (method, path, allowed) => {
    const { status, headers, body } = await send({ method, path });

    expect(status).toBe(405);
    expect(body).toMatchObject({ type: '/problems/method-not-allowed' });
    expect(String(headers.Allow).split(', ').sort()).toEqual(allowed);
  });

  it.each([
    ['nothing', {}, 404],
    ['no context', { httpMethod: 'GET', path: '/events' }, 403],
    ['what is no text', { httpMethod: ['GET'], path: 5, headers: { accept: 5 }, body: {} }, 404],
    ['maps of no lists', { ...proxyEvent(), multiValueQueryStringParameters: { a: 5 } }, 400],
  ])('is answered, though its event has %s', async (_, event, status) => {
    const { statusCode, body } = await lambda(event as never);

    expect(statusCode).toBe(status);
    expectMatch(JSON.parse(body), responseValidators.addEvent?.[400]);
  });

  it.each(['GET', 'POST'])('needs a key to %s events, before all else', async (method) => {
    const reply = await send({ method, body: method === 'POST' ? '{' : null, apiKeyId: null });

    expect(reply).toMatchObject({ status: 403, body: { type: '/problems/forbidden' } });
  });
});

describe('a database that is down', () => {
  it('is told as such when nothing listens', { tags: 'long' }, async () => {
    const lost = connect('mongodb://127.0.0.1:9/test_none');

    await expectUnavailable(createApiHandler(lost));
    await lost.close();
  });

  it('is told as such when it accepts connections and says nothing', { tags: 'long' }, async () => {
    await using silent = await listen((socket) => socket.resume());
    const lost = connect(`mongodb://127.0.0.1:${silent.port}/test_none`);

    await expectUnavailable(createApiHandler(lost));
    await lost.close();
  });

  it('is used again once it is back, even if it was down from the start', {
    tags: 'long',
  }, async () => {
    const outage = await listen((socket) => socket.destroy());
    const back = connect(atPort(outage.port));
    const to = createApiHandler(back);
    const event = newEvent();
    expectErrors();
    expect((await post(event, {}, to)).status).toBe(503);
    await outage[Symbol.asyncDispose]();

    await using _ = await listen(forward, outage.port);

    expect((await post(event, {}, to)).status).toBe(201);
    expect(await list(event)).toHaveLength(1);
    await back.close();
  });

  it('is used again after it was lost, and has each event once', { tags: 'long' }, async () => {
    const before = await listen(forward);
    const lost = connect(atPort(before.port));
    const to = createApiHandler(lost);
    const events = [newEvent(), newEvent()];
    expectErrors();
    expect((await post(events[0] ?? {}, {}, to)).status).toBe(201);
    await before[Symbol.asyncDispose]();
    expect((await post(events[1] ?? {}, {}, to)).status).toBe(503);

    await using _ = await listen(forward, before.port);

    const again = await Promise.all(events.map((event) => post(event, {}, to)));
    expect(again.map(({ status }) => status)).toEqual([200, 201]);
    await lost.close();
  });

  it('does not keep the service from being up', async () => {
    const lost = connect('mongodb://127.0.0.1:9/test_none');

    expect((await send({ path: '/health' }, createApiHandler(lost))).status).toBe(200);
    await lost.close();
  });
});

describe('a fault of the service', () => {
  it.each([
    ['reading', (event: NewEvent) => get(dayOf(event))],
    ['storing', (event: NewEvent) => post(event)],
  ])('is in the log and not in the reply: %s', async (_, act) => {
    const event = newEvent();
    await breakDay(event);
    const log = expectErrors();

    const { requestId, status, body } = await act(event);

    expect(status).toBe(500);
    expect(body).toEqual({
      type: '/problems/internal-error',
      title: 'Internal error',
      status: 500,
      detail: 'The service failed to answer this request',
      requestId,
    });
    expectOneLine(log.mock.calls, requestId);
  });
});

type NewEvent = ReturnType<typeof newEvent>;
type Reply = Awaited<ReturnType<typeof send>>;

function newEvent(fields: Record<string, unknown> = {}) {
  const event: Record<string, unknown> = {
    date: `${DAY}T17:19:35Z`,
    deviceID: randomUUID(),
    eventType: 'temp_celsius',
    value: 3,
    ...fields,
  };
  return event;
}

const post = (event: object, more: ProxyRequest = {}, to = lambda): Promise<Reply> =>
  postText(JSON.stringify(event), more, to);

const postText = (body: string | null, more: ProxyRequest = {}, to = lambda): Promise<Reply> =>
  send({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body, ...more }, to);

const get = (query: Record<string, string | string[]>): Promise<Reply> => send({ query });

const list = async (event: Record<string, unknown>): Promise<unknown> => {
  const { body } = await get(dayOf(event));
  return (body as { events: unknown[] }).events;
};

const dayOf = ({ date, deviceID, eventType }: Record<string, unknown>): Record<string, string> => ({
  date: new Date(String(date)).toISOString().slice(0, 10),
  deviceID: String(deviceID),
  eventType: String(eventType),
});

/** Sends a request, and checks what holds for every reply. */
async function send(request: ProxyRequest, to: ApiHandler = lambda) {
  const event = proxyEvent(request);
  const { requestId } = event.requestContext;
  const { statusCode: status, headers = {}, body: text } = await to(event);
  const body: unknown = JSON.parse(text);
  if (status >= 400) {
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(body).toMatchObject({ status, requestId });
    expectMatch(body, responseValidators.addEvent?.[400]);
  } else {
    expect(headers['Content-Type']).toBe('application/json');
  }
  // No operation has these two: they are for requests that name none.
  if (status !== 404 && status !== 405)
    expectDocumented(event.path, event.httpMethod, status, body);
  return { requestId, status, headers, body };
}

function expectDocumented(path: string, method: string, status: number, body: unknown): void {
  const operations: Record<string, Record<string, { operationId: string }>> = contract.paths;
  const { operationId = '' } = operations[path]?.[method.toLowerCase()] ?? {};
  expectMatch(body, responseValidators[operationId]?.[status]);
}

type Validator = (typeof responseValidators)[string][string];

function expectMatch(body: unknown, validate: Validator | undefined): void {
  expect(validate).toBeTypeOf('function');
  expect(validate?.(body), JSON.stringify(validate?.errors)).toBe(true);
}

const pointersOf = (body: unknown): (string | undefined)[] =>
  (body as { errors: { pointer?: string }[] }).errors.map(({ pointer }) => pointer).sort();

async function expectUnavailable(to: ApiHandler): Promise<void> {
  const log = expectErrors();
  const started = performance.now();

  const replies = await Promise.all([
    send({ method: 'POST', body: JSON.stringify(newEvent()) }, to),
    send({ query: dayOf(newEvent()) }, to),
  ]);

  expect(performance.now() - started).toBeLessThan(20_000);
  for (const { requestId, status, headers, body } of replies) {
    expect(status).toBe(503);
    expect(headers['Retry-After']).toMatch(/^[1-9]\d*$/);
    expect(body).toEqual({
      type: '/problems/database-unavailable',
      title: 'Database unavailable',
      status: 503,
      detail: 'The database does not answer at the moment',
      requestId,
    });
    const causes = expectOneLine(log.mock.calls, requestId).slice(1);
    expect(causes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['MongoServerSelectionError']),
    );
  }
  expect(log).toHaveBeenCalledTimes(replies.length);
}

/** Expects one line of JSON that says more than the reply did; returns the error and its causes. */
function expectOneLine(calls: unknown[][], requestId: string): { name: string }[] {
  const lines = calls.map(([line]) => String(line)).filter((line) => line.includes(requestId));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\n');
  const { errors, ...line } = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({ level: 'error', requestId });
  expect(errors[0]).toMatchObject({
    message: expect.any(String),
    stack: expect.stringContaining('    at '),
  });
  return errors;
}

/** Puts in a bucket that no code of this service writes. */
async function breakDay(event: NewEvent): Promise<void> {
  const date = new Date(`${DAY}T00:00:00Z`);
  const { deviceID, eventType } = dayOf(event);
  const broken = { deviceID, eventType, date, seq: 0, count: 1, first: date, last: date };
  // The validator that the migration sets would refuse it.
  const options = { bypassDocumentValidation: true };
  await buckets.insertOne({ ...broken, events: 'no array' } as unknown as Bucket, options);
}
