import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const service = useLocalService();
const { client } = useDatabase();
const lambda = createApiHandler(client);

const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const send = async (path: string, body: Buffer, more: Record<string, string> = {}) => {
  const init = { method: 'POST', headers: { ...headers, ...more }, body };
  const response = await fetch(`${service.url()}${path}`, init);
  return { status: response.status, body: (await response.json()) as unknown };
};

/** What the function says where API Gateway has already decoded the body. */
const call = async (path: string, body: string) => {
  const reply = await lambda(proxyEvent({ method: 'POST', path, body }));
  return { status: reply.statusCode, body: JSON.parse(reply.body) as unknown };
};

const read = async (deviceID: string): Promise<unknown[]> => {
  const response = await fetch(`${service.url()}/events/latest?deviceID=${deviceID}`, { headers });
  return ((await response.json()) as { events: unknown[] }).events;
};

const fields = (deviceID: string) =>
  `"date":"2026-05-05T17:19:35Z","deviceID":"${deviceID}","eventType":"temp"`;

const refusal = (pointer: string) => ({
  status: 400,
  body: {
    type: '/problems/malformed-json',
    title: 'Malformed JSON',
    status: 400,
    detail: 'The body is not UTF-8',
    errors: [
      {
        code: 'not-utf8',
        pointer,
        detail:
          'has text that is not UTF-8, or a replacement character that is not escaped as \\ufffd',
      },
    ],
    requestId: expect.any(String),
  },
});

/** As Latin-1, in which each of these characters is a byte. */
const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const BODIES: [string, (deviceID: string) => string, string][] = [
  ['a value in Latin-1', (id) => `{${fields(id)},"value":"21\xb0C"}`, '/value'],
  ['a nested text', (id) => `{${fields(id)},"value":{"a/b":[1,"\xb5"]}}`, '/value/a~1b/1'],
  ["a member's name", (id) => `{${fields(id)},"value":{"a":{"\xb0C":1}}}`, '/value/a'],
  ['an unknown field', (id) => `{${fields(id)},"\xb0C":1}`, ''],
  ['an id', (id) => `{${fields(id)},"id":"caf\xe9"}`, '/id'],
  ['a type', (id) => `{${fields(id).replace('temp', 'Temp \xb0C')}}`, '/eventType'],
  ['a device', (id) => `{${fields(`${id.slice(1)}\xff`)}}`, '/deviceID'],
  ['the first half of a character', (id) => `{${fields(id)},"value":"\xe2\x82"}`, '/value'],
  [
    'a character in more bytes than it needs',
    (id) => `{${fields(id)},"value":"\xc0\xaf"}`,
    '/value',
  ],
  ['half a surrogate pair', (id) => `{${fields(id)},"value":"\xed\xa0\x80"}`, '/value'],
  ['a code point beyond the last', (id) => `{${fields(id)},"value":"\xf4\x90\x80\x80"}`, '/value'],
  ['a replacement character', (id) => `{${fields(id)},"value":"a\xef\xbf\xbd"}`, '/value'],
  ['bytes outside of texts', (id) => `\xff{${fields(id)}}`, ''],
  ['bytes amid broken JSON', (id) => `{${fields(id)},"value":"\xff`, ''],
  [
    'a text deeper than any value',
    (id) => `{${fields(id)},"value":${'['.repeat(9_000)}"\xff"${']'.repeat(9_000)}}`,
    '',
  ],
  [
    'a name of thousands of characters',
    (id) => `{${fields(id)},"value":{"${'x'.repeat(9_000)}":"\xff"}}`,
    '',
  ],
];

describe('a body that is not UTF-8', () => {
  it.each(BODIES)('is refused for %s', async (_, toBody, pointer) => {
    const deviceID = randomUUID();
    const bytes = toBytes(toBody(deviceID));

    expect(await send('/events', bytes)).toEqual(refusal(pointer));
    const zipped = { 'content-encoding': 'gzip' };
    expect(await send('/events', gzipSync(bytes), zipped)).toEqual(refusal(pointer));
    expect(await call('/events', bytes.toString())).toEqual(refusal(pointer));
    expect(await read(deviceID)).toEqual([]);
  });

  it.each(BODIES)(
    'is refused as a whole where it is a batch, for %s',
    async (_, toBody, pointer) => {
      const [deviceID, other] = [randomUUID(), randomUUID()];
      const text = `{"events":[{${fields(other)}},${toBody(deviceID)}]}`;
      const there = pointer === '' && !text.includes('"\xb0C":1}') ? '' : `/events/1${pointer}`;

      expect(await send('/events/batch', toBytes(text))).toEqual(refusal(there));
      expect(await call('/events/batch', toBytes(text).toString())).toEqual(refusal(there));
      expect(await read(other)).toEqual([]);
    },
  );

  it('never makes one of two values', async () => {
    const deviceID = randomUUID();
    const sent = ['"21\xb0C"', '"21\xb5C"', '"21\xef\xbf\xbdC"', '"21\\ufffdC"'];
    const replies = [];
    for (const value of sent) {
      replies.push(await send('/events', toBytes(`{${fields(deviceID)},"value":${value}}`)));
    }

    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 201]);
    expect(await read(deviceID)).toMatchObject([{ value: '21\ufffdC' }]);
  });

  it('may say by an escape what it means, in texts and names', async () => {
    const deviceID = randomUUID();
    const value = '{"a\\uFFFD":["\\ufffd"]}';
    const single = await send('/events', toBytes(`{${fields(deviceID)},"value":${value}}`));
    const batch = await send(
      '/events/batch',
      toBytes(`{"events":[{${fields(deviceID)},"value":${value}}]}`),
    );

    expect(single.status).toBe(201);
    expect(batch.body).toEqual({ results: [{ status: 'duplicate' }] });
    expect(await read(deviceID)).toMatchObject([{ value: { 'a\ufffd': ['\ufffd'] } }]);
  });

  it('is told of after the key and the media type', async () => {
    const body = Buffer.from([0xff]);
    expect((await send('/events', body, { 'x-api-key': 'no' })).status).toBe(403);
    expect((await send('/events', body, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('a parameter that is not UTF-8', () => {
  const device = `deviceID=${randomUUID()}`;
  const range = `${device}&eventType=a&date=2026-05-05`;

  it.each([
    ['/events?deviceID=%ff&eventType=a&date=2026-05-05', 'deviceID'],
    [`/events?${device}&eventType=%b0C&date=2026-05-05`, 'eventType'],
    [`/events?${device}&eventType=%ef%bf%bd&date=2026-05-05`, 'eventType'],
    [`/events?${device}&eventType=a&date=2026-05-05&cursor=%c0%af`, 'cursor'],
    [`/events?${range}&%ff=1`, '\ufffd'],
    [`/events/latest?${device}&eventType=a%ed%a0%80`, 'eventType'],
    ['/devices/%ff', 'deviceID'],
    ['/devices/8f188304-e7b3-4a16-a243-b9470468478%e9', 'deviceID'],
    ['/devices/%EF%BF%BD', 'deviceID'],
    ['/devices/%ff%zz', 'deviceID'],
  ])('is refused by name: %s', async (path, parameter) => {
    const method = path.startsWith('/devices') ? 'DELETE' : 'GET';
    const response = await fetch(`${service.url()}${path}`, { method, headers });

    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        type: '/problems/invalid-request',
        errors: [{ code: 'not-utf8', parameter, detail: 'must be UTF-8' }],
      },
    ]);
  });

  it.each([
    ['/devices/%zz', 'pattern'],
    ['/devices/%25ff', 'pattern'],
    ['/devices/%c3%a9', 'pattern'],
  ])('is something else than one of a wrong form: %s', async (path, code) => {
    const response = await fetch(`${service.url()}${path}`, { method: 'DELETE', headers });

    expect(await response.json()).toMatchObject({ errors: [{ code, parameter: 'deviceID' }] });
  });

  it('is no HTTP where it is not encoded', async () => {
    const { hostname, port } = new URL(service.url());
    const socket = connect(Number(port), hostname);
    const head = `GET /events?${range}&cursor=\xff HTTP/1.1\r\nHost: a\r\nX-Api-Key: ${API_KEY}\r\n\r\n`;
    socket.write(toBytes(head));
    const [reply] = await once(socket, 'data');
    socket.destroy();

    expect(String(reply)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
