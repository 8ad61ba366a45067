import type { Behaviour } from './check.ts';
import { gets, post, replies } from './check.ts';
import { API_KEY } from './own-document.ts';

const MISSING = '{"message":"Missing Authentication Token"}';
const INTERNAL = '{"message": "Internal server error"}';

/** What a gateway answers by itself. */
export const GATEWAY_BEHAVIOURS: Behaviour[] = [
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
];
