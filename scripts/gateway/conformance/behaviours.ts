import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Answer, Asked } from './ask.ts';
import { API_KEY } from './own-document.ts';

type Ask = (path: string, asked?: Asked) => Promise<Answer>;
type Check = (ask: Ask) => Promise<boolean>;

/** What clients of API Gateway see, with one check or more; and what the sources of two others say of it. */
export type Behaviour = { title: string; checks: Check[]; floci: string; localStack: string };

const JSON_TYPE = { 'Content-Type': 'application/json' };
const INTERNAL = '{"message": "Internal server error"}';

const replies =
  (path: string, status: number, text?: string, asked?: Asked): Check =>
  async (ask) => {
    const answer = await ask(path, asked);
    return answer.status === status && (text === undefined || answer.text === text);
  };
const post = (body: string, headers: Record<string, string> = JSON_TYPE): Asked => ({
  method: 'POST',
  headers,
  body,
});
const gets =
  (path: string, isRight: (event: Record<string, unknown>) => boolean, asked?: Asked): Check =>
  async (ask) => {
    const { status, json } = await ask(path, asked);
    return status === 200 && isRight(json);
  };
const is = (value: unknown, expected: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(expected);

const MISSING = '{"message":"Missing Authentication Token"}';
const EVENT_KEYS =
  'body,headers,httpMethod,isBase64Encoded,multiValueHeaders,multiValueQueryStringParameters,path,pathParameters,queryStringParameters,requestContext,resource,stageVariables';

export const BEHAVIOURS: Behaviour[] = [
  {
    title: 'Lambda proxy over HTTP',
    checks: [gets('/a', ({ httpMethod }) => httpMethod === 'GET')],
    floci: 'yes, in Docker',
    localStack: 'yes, in Docker',
  },
  {
    title: 'unknown path, unknown method and HEAD: 403',
    checks: [
      replies('/nope', 403, MISSING),
      replies('/a', 403, MISSING, { method: 'DELETE' }),
      replies('/key', 403, '', { method: 'HEAD' }),
    ],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'API keys',
    checks: [
      replies('/key', 403, '{"message":"Forbidden"}'),
      replies('/key', 200, undefined, { headers: { 'x-api-key': API_KEY } }),
    ],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'rate: 429',
    checks: [
      async (ask) => {
        const headers = { 'x-api-key': API_KEY };
        for (let count = 0; count < 10; count += 1) {
          const { status, text } = await ask('/key', { headers });
          if (status === 429) return text === '{"message":"Too Many Requests"}';
        }
        return false;
      },
    ],
    floci: 'no',
    localStack: 'no',
  },
  {
    title: "required parameters, in AWS's words",
    checks: [
      replies('/q', 400, '{"message": "Missing required request parameters: [q]"}'),
      replies('/q?q=%20', 400, '{"message": "Missing required request parameters: [q]"}'),
      replies('/q?q=1', 200),
    ],
    floci: 'partly',
    localStack: 'partly',
  },
  {
    title: 'body by model; another type is not validated',
    checks: [
      replies('/model', 400, '{"message": "Invalid request body"}', post('{}')),
      replies('/model', 400, '{"message": "Invalid request body"}', post('')),
      replies('/model', 200, undefined, post('{"name":"a"}')),
      replies('/model', 200, undefined, post('x', { 'Content-Type': 'text/plain' })),
    ],
    floci: 'partly',
    localStack: 'partly',
  },
  {
    title: 'gateway responses',
    checks: [async (ask) => (await ask('/nope')).headers['x-own'] === 'yes'],
    floci: 'yes',
    localStack: 'status alone',
  },
  {
    title: "malformed results of a function, and its errors: 502, AWS's body",
    checks: ['key', 'text', 'list', 'body', 'status', 'header', 'error'].flatMap((want) => [
      replies(`/a?want=${want}`, 502),
      replies(`/a?want=${want}`, 502, INTERNAL),
    ]),
    floci: 'no',
    localStack: 'yes',
  },
  {
    title: "time-out: 504, AWS's body",
    checks: [
      replies('/a?want=slow', 504),
      replies('/a?want=slow', 504, '{"message": "Endpoint request timed out"}'),
    ],
    floci: 'partly',
    localStack: 'HTTP alone',
  },
  {
    title: 'over 10 MB: 413; a URL over 10,240 characters: 414',
    checks: [
      replies('/a', 413, undefined, post('x'.repeat(10_485_761), { 'Content-Type': 'text/plain' })),
      replies(`/a?${'x'.repeat(10_300)}`, 414),
    ],
    floci: 'no',
    localStack: 'no',
  },
  {
    title: 'ids on every reply, types of errors',
    checks: [
      async (ask) => {
        const { headers } = await ask('/a');
        return Boolean(headers['x-amzn-requestid'] && headers['x-amz-apigw-id']);
      },
      async (ask) => {
        const { headers } = await ask('/nope');
        return headers['x-amzn-errortype'] === 'MissingAuthenticationTokenException';
      },
    ],
    floci: 'partly',
    localStack: 'yes',
  },
  {
    title: 'renamed response headers',
    checks: [
      async (ask) => {
        const { headers } = await ask('/a?want=renamed');
        return ['date', 'server', 'www-authenticate'].every(
          (name) => `x-amzn-remapped-${name}` in headers,
        );
      },
    ],
    floci: 'no',
    localStack: 'partly',
  },
  {
    title: "the event's shape: its keys, null for what is empty, the last of several values",
    checks: [
      gets('/a', (event) => Object.keys(event).sort().join() === EVENT_KEYS),
      gets('/a', (event) => event.pathParameters === null && event.body === null),
      gets('/a?a=1&a=2', (event) => is(event.queryStringParameters, { a: '2' })),
      gets('/a?a=1&a=2', (event) => is(event.multiValueQueryStringParameters, { a: ['1', '2'] })),
    ],
    floci: 'partly',
    localStack: 'yes',
  },
  {
    title: '`{proxy+}`, routing by resource and method',
    checks: [
      gets('/all/x/y', (event) => is(event.pathParameters, { proxy: 'x/y' })),
      gets('/jobs/run', (event) => is(event.pathParameters, { proxy: 'run' }), post('{}')),
      replies('/all/x', 403, undefined, { method: 'PROPFIND' }),
    ],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'path parameters as sent',
    checks: [
      gets('/items/a%2Fb', (event) => is(event.pathParameters, { id: 'a%2Fb' })),
      gets('/items/%40', (event) => is(event.pathParameters, { id: '%40' })),
    ],
    floci: 'not known',
    localStack: 'yes',
  },
  {
    title: 'preflight of a mock',
    checks: [
      async (ask) => {
        const { status, headers } = await ask('/a', {
          method: 'OPTIONS',
          headers: { Origin: 'https://a.b', 'Access-Control-Request-Method': 'GET' },
        });
        const allowed = headers['access-control-allow-origin'] ?? '';
        return [200, 204].includes(status) && ['*', 'https://a.b'].includes(allowed);
      },
    ],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'mocks with a body',
    checks: [replies('/mock', 200, '{"status":"ok"}')],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: '`http_proxy`',
    checks: [replies('/http', 200, 'back')],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'binary both ways',
    checks: [
      gets('/a', (event) => event.isBase64Encoded === true && event.body === '/9j/AIA=', {
        method: 'POST',
        headers: { 'Content-Type': 'image/png' },
        body: Buffer.from('/9j/AIA=', 'base64'),
      }),
      async (ask) => {
        const { body } = await ask('/a?want=bytes', { headers: { Accept: 'image/png' } });
        return body.toString('base64') === '/9j/AIA=';
      },
      replies('/a?want=bytes', 200, '/9j/AIA=', { headers: { Accept: '*/*' } }),
    ],
    floci: 'yes',
    localStack: 'yes',
  },
  {
    title: 'compression from a size on',
    checks: [
      async (ask) => {
        const { headers, body } = await ask('/a?want=long', {
          headers: { 'Accept-Encoding': 'gzip' },
        });
        return headers['content-encoding'] === 'gzip' && gunzipSync(body).length === 10_000;
      },
    ],
    floci: 'no',
    localStack: 'no',
  },
  {
    title: 'response streaming',
    checks: [
      async (ask) => {
        const { status, parts, text } = await ask('/stream');
        return status === 200 && parts > 1 && text === 'onetwo';
      },
    ],
    floci: 'no',
    localStack: 'no',
  },
];

/** How a gateway does, such as `yes`, `no` or `2 of 3`. */
export const judge = async (ask: Ask, { checks }: Behaviour): Promise<string> => {
  let right = 0;
  for (const check of checks) {
    if (await check(ask)) right += 1;
    // For a rate that is limited.
    await sleep(1);
  }
  if (right === checks.length) return 'yes';
  return right === 0 ? 'no' : `${right} of ${checks.length}`;
};
