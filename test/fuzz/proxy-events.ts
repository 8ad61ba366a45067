import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { proxyEvent } from '../harness/proxy-event.ts';
import { hostileText } from './hostile/hostile-text.ts';
import { DEVICE, known } from './raw/raw-target.ts';

const QUERY = { deviceID: DEVICE, eventType: 'temp', date: '2026-05-05' };
const NAMES = [...Object.keys(QUERY), 'since', 'until', 'order', 'limit', 'cursor', 'interval'];
const HEADERS = ['Content-Type', 'content-type', 'Accept', 'If-None-Match', 'Cookie', 'X-Api-Key'];

/** Whatever may stand where text should be. */
const odd = fc.oneof(
  { arbitrary: fc.constantFrom<unknown>(null, '', 0, true, [], {}, [null], -0, 1e308), weight: 3 },
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(hostileText, { maxLength: 3 }),
  fc.constantFrom<unknown>({ toString: null }, { toString: 1, valueOf: 1 }, [[['x']]]),
  fc.constantFrom<unknown>({ length: -1 }, ['a', null]),
);
const textOrOdd = fc.oneof({ arbitrary: hostileText, weight: 3 }, odd);
const toMap = (names: string[], value: fc.Arbitrary<unknown>) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), hostileText), value), { maxLength: 5 })
    // Own `__proto__` and all, as JSON.parse makes them.
    .map((pairs): unknown => Object.fromEntries(pairs));
const orOdd = (map: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary: map, weight: 6 }, odd);

const event = { date: '2026-05-05T17:19:35Z', deviceID: DEVICE, eventType: 'temp', value: 1 };
const body = fc.oneof(
  fc.constantFrom(JSON.stringify(event), JSON.stringify({ events: [event, event, 5] })),
  fc.tuple(hostileText, fc.jsonValue()).map(([name, value]) => {
    const fields = { ...event, ...Object.fromEntries([[name, value]]) };
    return JSON.stringify(fields);
  }),
  fc.json(),
  textOrOdd,
);

/** Parts of an event, each as API Gateway could have it, or as nobody should. */
const changes: Record<string, fc.Arbitrary<unknown>> = {
  httpMethod: fc.oneof(fc.constantFrom('get', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', '\0'), textOrOdd),
  path: fc.oneof(
    hostileText.map((text) => `/devices/${text}`),
    fc.constantFrom('//events', '/events/', ' /events', '/events?x=1', '/%65vents', '/events#x'),
    textOrOdd,
  ),
  body,
  isBase64Encoded: fc.oneof(fc.boolean(), odd),
  headers: orOdd(toMap(HEADERS, textOrOdd)),
  multiValueHeaders: orOdd(toMap(HEADERS, fc.array(textOrOdd))),
  queryStringParameters: orOdd(toMap(NAMES, textOrOdd)),
  multiValueQueryStringParameters: orOdd(
    toMap(NAMES, fc.oneof(fc.array(hostileText, { maxLength: 3 }), fc.array(textOrOdd), odd)),
  ),
  pathParameters: orOdd(toMap(['deviceID'], textOrOdd)),
  stageVariables: odd,
  // Never one that the path ends with, as it would behind a base path.
  resource: textOrOdd.map((value) => (typeof value === 'string' ? `${value}/other` : value)),
  requestContext: fc.oneof(
    odd,
    fc.record({
      requestId: textOrOdd,
      identity: fc.oneof(odd, fc.record({ apiKeyId: textOrOdd })),
    }),
    fc.record({ requestId: fc.uuid(), identity: fc.constant({ apiKeyId: 'k1' }), path: odd }),
  ),
};

const usual = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: known,
    query: fc.constantFrom({}, QUERY),
    headers: fc.constantFrom({}, { 'Content-Type': 'application/json' }),
    body: fc.constantFrom(null, JSON.stringify(event)),
    apiKeyId: fc.constantFrom('k1', 'k1', 'k1', null),
  })
  .map((request) => proxyEvent(request));

/** An event of API Gateway, of which a few parts are otherwise, or are not there; as JSON brings it. */
export const anyProxyEvent: fc.Arbitrary<APIGatewayProxyEvent> = fc
  .tuple(
    usual,
    fc.record(changes),
    fc.subarray(Object.keys(changes), { maxLength: 3 }),
    fc.option(fc.constantFrom(...Object.keys(changes)), { freq: 9, nil: undefined }),
  )
  .map(([base, other, changed, missing]) => {
    const kept = Object.entries(other).filter(([name]) => changed.includes(name));
    const parts = Object.entries({ ...base, ...Object.fromEntries(kept) });
    const event = Object.fromEntries(parts.filter(([name]) => name !== missing));
    return JSON.parse(JSON.stringify(event));
  });
