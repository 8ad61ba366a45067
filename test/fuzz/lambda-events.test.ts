import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { findUndocumented } from './find-undocumented.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { anyProxyEvent } from './proxy-events.ts';

const database = useDatabase();
let lambda: ApiHandler;
beforeAll(() => {
  lambda = createApiHandler(database.client);
});

describe('the function', () => {
  it(
    'answers every event with a reply that API Gateway takes and the contract documents',
    FUZZ,
    async () => {
      const seen = new Set<number>();

      await fuzz(anyProxyEvent, examples, async (event) => {
        const result = await lambda(event);
        seen.add(result.statusCode);
        expect(findMalformed(result)).toBeUndefined();
        expect(findFault(event, result)).toBeUndefined();
      });

      expect([...seen]).toEqual(expect.arrayContaining([200, 201, 204, 400, 403, 404, 405, 415]));
    },
  );
});

/** What API Gateway would make a 502 of (facts 43 and 51). */
function findMalformed(result: APIGatewayProxyResult): string | undefined {
  const { statusCode, headers = {}, body, ...others } = result;
  if (Object.keys(others).length > 0) return `it has ${Object.keys(others)}`;
  if (!Number.isInteger(statusCode)) return `its status is ${statusCode}`;
  if (typeof body !== 'string') return 'its body is no text';
  if (Buffer.byteLength(JSON.stringify(result)) > 6_291_456) return 'it is too long';
  const bad = Object.entries(headers).filter(
    ([name, value]) => !/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(String(value)),
  );
  return bad.length > 0 ? `it has the headers ${JSON.stringify(bad)}` : undefined;
}

/** The router trims, and takes what is no text for nothing. */
function findFault(event: APIGatewayProxyEvent, result: APIGatewayProxyResult): string | undefined {
  const [method, path] = [event.httpMethod, event.path].map((part: unknown) =>
    typeof part === 'string' ? part.trim() : '',
  );
  const bare = path?.split('?', 1)[0]?.replace(/\/+$/, '') ?? '';
  const type = String(result.headers?.['Content-Type'] ?? '');
  return findUndocumented(method ?? '', bare, { status: result.statusCode, type, ...result });
}

const json = { 'Content-Type': 'application/json' };
const event = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a', eventType: 'temp' };
const body = JSON.stringify({ ...event, date: '2026-05-05T17:19:35Z' });
const post = { method: 'POST', headers: json, body };
const without = (...names: string[]) =>
  Object.fromEntries(
    Object.entries(proxyEvent(post)).filter(([name]) => !names.includes(name)),
  ) as never;

const examples: APIGatewayProxyEvent[] = [
  proxyEvent(post),
  proxyEvent(post),
  proxyEvent({ ...post, headers: { 'Content-Type': 'text/plain' } }),
  proxyEvent({ ...post, apiKeyId: null }),
  proxyEvent({ ...post, path: '/nowhere' }),
  proxyEvent({ ...post, method: 'PUT' }),
  proxyEvent({ method: 'DELETE', path: `/devices/${event.deviceID}` }),
  proxyEvent({ method: 'DELETE', path: '/devices/%zz' }),
  // As from a button of AWS's console, or another trigger.
  {} as never,
  without('requestContext'),
  without('headers', 'multiValueHeaders'),
  without('body', 'isBase64Encoded'),
  without('httpMethod'),
  without('path'),
  { ...proxyEvent(post), headers: { 'Content-Type': null, Accept: 5 } as never },
  { ...proxyEvent(post), requestContext: { requestId: 7, identity: null } as never },
  { ...proxyEvent(post), multiValueQueryStringParameters: { a: 'b', c: [null, {}] } as never },
  { ...proxyEvent(post), body: { deviceID: 1 } as never },
];
