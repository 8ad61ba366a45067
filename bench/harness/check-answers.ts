import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Handler } from './load-handler.ts';
import { toGet, toNewEvent, toPost } from './requests.ts';

const event = toNewEvent(0);

/** Each invalid request breaks exactly one rule. */
const cases: [name: string, request: APIGatewayProxyEvent, statuses: number[]][] = [
  ['a valid POST', toPost(event), [200, 201]],
  ['a POST without a value', toPost({ ...event, value: undefined }), [200, 201]],
  ['a POST with a value that is an object', toPost({ ...event, value: { a: [1] } }), [200, 201]],
  ['a POST with an id', toPost({ ...event, id: 'boot-17/4' }), [200, 201]],
  ['a POST with a space for the T', toPost({ ...event, date: '2026-05-05 17:19:35Z' }), [200, 201]],
  ['a POST with neither date nor id', toPost({ ...event, date: undefined }), [400]],
  [
    'a POST with an id for a date',
    toPost({ ...event, date: undefined, id: 'boot-17/5' }),
    [200, 201],
  ],
  ['a POST with an invalid date', toPost({ ...event, date: '2026-05-05 17:19:35' }), [400]],
  ['a POST with a device that is no UUID', toPost({ ...event, deviceID: 'a-device' }), [400]],
  ['a POST with an empty type', toPost({ ...event, eventType: '' }), [400]],
  ['a POST with a type that is too long', toPost({ ...event, eventType: 'x'.repeat(129) }), [400]],
  ['a POST with a blank in the type', toPost({ ...event, eventType: 'a b' }), [400]],
  ['a POST with a blank in the id', toPost({ ...event, id: 'a b' }), [400]],
  ['a POST with an unknown field', toPost({ ...event, colour: 'red' }), [400]],
  ['a POST of a list', toPost([event]), [400]],
  ['a valid GET', toGet(), [200]],
  ['a GET with an instant for a day', toGet({ date: '2026-05-05T17:19:35Z' }), [200]],
  ['a GET with an invalid day', toGet({ date: '2026-5-5' }), [400]],
  ['a GET with a device that is no UUID', toGet({ deviceID: 'a-device' }), [400]],
];

/** Returns the contestant's wrong responses: skipping a rule must not make it faster. */
export const checkAnswers = async (call: Handler): Promise<string[]> => {
  const findings: string[] = [];
  for (const [name, request, wanted] of cases) {
    const { statusCode, body } = await call(structuredClone(request));
    if (!wanted.includes(statusCode)) findings.push(`${name}: ${statusCode} ${body}`);
  }
  const { body: created } = await call(toPost(toNewEvent(1)));
  if (typeof JSON.parse(created).status !== 'string') findings.push('a valid POST: no status');
  const { events } = JSON.parse((await call(toGet())).body) as { events?: unknown[] };
  const wanted = Object.keys({ ...event, value: 0 }).sort();
  const [first] = events ?? [];
  if (!first) findings.push('a valid GET: no events');
  const missing = wanted.filter((name) => !(name in Object(first)));
  if (missing.length > 0) findings.push(`a valid GET: no ${missing}`);
  return findings;
};
