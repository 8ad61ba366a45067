import { API_KEY } from '../../harness/local-service.ts';
import type { RawBody } from './raw-body.ts';
import type { Talk } from './raw-request.ts';
import { DEVICE } from './raw-target.ts';

const EVENT = {
  date: '2026-05-05T17:19:35Z',
  deviceID: DEVICE,
  eventType: 'constructor',
  value: 1,
};
const body: RawBody = {
  framing: 'length',
  coding: 'none',
  megabytes: 0,
  text: JSON.stringify(EVENT),
};
const key = `x-api-key: ${API_KEY}`;
const json = 'Content-Type: application/json';

const example = (
  [method, target]: [string, string],
  lines: string[] = [key],
  { body: sent, ...more }: Partial<Talk> & { body?: RawBody } = {},
): Talk => ({
  requests: [
    {
      method,
      target,
      version: 'HTTP/1.1',
      isHttp: true,
      lines: ['Host: localhost', ...lines],
      body: sent ?? { ...body, framing: 'none' },
    },
  ],
  share: 1,
  parts: 1,
  flip: undefined,
  end: 'close',
  ...more,
});

/** One for each status that the gateway has, and what once was answered wrongly, or not at all. */
export const rawExamples: Talk[] = [
  example(['GET', '/health'], []),
  example(['POST', '/events'], [key, json], { body }),
  example(['POST', '/events'], [key, json], { body }),
  example(['POST', '/events'], [key, json], { body: { ...body, coding: 'half a gzip' } }),
  example(['POST', '/events'], [key, 'Content-Type: text/plain'], { body }),
  example(['POST', '/events'], [key, json], { body: { ...body, megabytes: 7 } }),
  example(['POST', '/events'], [key, json], { body: { ...body, megabytes: 40, coding: 'gzip' } }),
  example(['POST', '/events'], [key, json], { body: { ...body, megabytes: 11 } }),
  example(['POST', '/events'], [json], { body }),
  example(['PUT', '/events']),
  example(['GET', '/events/..']),
  // Replies that are streamed.
  example(['GET', '/events/export']),
  example(['GET', `/events/export?deviceID=${DEVICE}`], [key]),
  example(['GET', '/docsx']),
  example(['GET', `/health?a=${'x'.repeat(11_000)}`]),
  // Names that every object has.
  example(['GET', '/health?constructor=1']),
  example(['GET', '/health?__proto__=1&__proto__=2']),
  example(['GET', '/health'], ['constructor: 1', '__proto__: 1', '__proto__: 2']),
  example(['POST', '/events'], [key, json, 'Content-Encoding: constructor'], { body }),
  example(['POST', '/events'], [key, 'Content-Type: constructor'], { body }),
  // What is no percent-encoded UTF-8.
  example(['DELETE', '/devices/%zz']),
  example(['DELETE', '/devices/%ed%a0%80']),
  // A coding of no body.
  example(['GET', '/health'], ['Content-Encoding: br']),
  example(['GET', '/health'], ['Content-Encoding: gzip']),
  // A client that breaks off.
  example(['POST', '/events'], [key, json], { body, share: 0.9, end: 'reset' }),
  example(['POST', '/events'], [key, json], { body, share: 0.9, end: 'close' }),
];
