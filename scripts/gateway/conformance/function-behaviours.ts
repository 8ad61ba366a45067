import { gunzipSync } from 'node:zlib';
import type { Behaviour } from './check.ts';
import { gets, is, post, replies } from './check.ts';

const EVENT_KEYS =
  'body,headers,httpMethod,isBase64Encoded,multiValueHeaders,multiValueQueryStringParameters,path,pathParameters,queryStringParameters,requestContext,resource,stageVariables';

/** What passes between a client and what is behind a gateway. */
export const FUNCTION_BEHAVIOURS: Behaviour[] = [
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
