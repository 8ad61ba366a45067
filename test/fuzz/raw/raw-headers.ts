import fc from 'fast-check';
import { API_KEY } from '../../harness/local-service.ts';
import { hostileNames, hostileText } from '../hostile/hostile-text.ts';

const KNOWN = ['Accept', 'Accept-Encoding', 'If-None-Match', 'Content-Type', 'Cookie', 'Origin'];
const OTHERS = ['Range', 'X-Api-Key', 'X-Forwarded-For', 'X-Http-Method-Override', 'Authorization'];
const name = fc.oneof(
  fc.constantFrom(...KNOWN, ...OTHERS, 'Content-Encoding'),
  fc.constantFrom(...hostileNames.filter((text) => /^[\w$.-]+$/.test(text))),
);
const VALUES = [
  'gzip',
  'br',
  '*',
  'W/"x"',
  'text/csv;q=0.1, */*',
  'constructor',
  '__proto__',
  ',;=',
];
const value = fc.oneof(
  hostileText.map((text) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').trim()),
  fc.constantFrom(...VALUES, '', 'x'.repeat(11_000)),
);
const JSON_TYPE = 'Content-Type: application/json';
const more = fc.oneof(
  { arbitrary: fc.tuple(name, value).map((parts) => parts.join(': ')), weight: 6 },
  fc.constantFrom('Expect: 100-continue', 'Expect: more', 'Connection: close', 'Upgrade: h2c'),
  fc.constantFrom(JSON_TYPE, 'content-type: text/plain', 'TE: trailers', `x-api-key: ${API_KEY}`),
);
const key = fc.oneof(
  { arbitrary: fc.constant([`x-api-key: ${API_KEY}`]), weight: 6 },
  fc.constantFrom([], ['x-api-key: wrong']),
);

/** Header lines that HTTP takes, whatever a server makes of them. */
export const headerLines: fc.Arbitrary<string[]> = fc
  .tuple(key, fc.array(more, { maxLength: 4 }))
  .map(([first, others]) => ['Host: localhost', ...first, ...others]);

/** Lines that HTTP does not take, not twice, or not with a body. */
export const brokenLine: fc.Arbitrary<string> = fc.constantFrom(
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: 5',
  'Content-Length: +5',
  'Content-Length: 99999999999999999999',
  'Content-Length:',
  'Content-Length: 5, 5',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding: x',
  'no colon',
  ': no name',
  'a b: c',
  ' folded',
  'x: \0',
  'x: \x7f',
  'Host: other',
  '',
  '\r',
);
