import type { Fault } from '../typescript/faulty-door.ts';

const html = (status: number, title: string, headers = {}): Fault => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: `<html><h1>${title}</h1></html>`,
});

/** What proxies, networks and load balancers do to a request, by name. */
export const FAULTS: Record<string, Fault> = {
  'request cut': 'cut',
  'reply cut': 'lost reply',
  'half a reply': 'half a reply',
  delay: 'slow',
  'no reply, and the connection stays open': 'silence',
  'the same after it was stored': 'silence after it',
  'proxy sends it twice': 'sent twice',
  'reply compressed by a proxy': 'compressed',
  'captive portal: 200': 'login page',
  'captive portal: 302': { status: 302, headers: { location: 'http://192.0.2.1/login' } },
  'captive portal: 511': html(511, 'Network Authentication Required'),
  'squid: 400': html(400, 'Bad Request'),
  'squid: 403': html(403, 'Access Denied'),
  'squid: 407': html(407, 'Proxy Authentication Required', { 'proxy-authenticate': 'Basic' }),
  'squid: 503': html(503, 'Cannot connect', { 'x-squid-error': 'ERR_CONNECT_FAIL 111' }),
  'nginx: 413': html(413, '413 Request Entity Too Large'),
  'nginx: 502': html(502, '502 Bad Gateway'),
  'load balancer: 503': { status: 503 },
  'load balancer: 504': html(504, '504 Gateway Time-out'),
  'gateway: 429': { status: 429, headers: { 'retry-after': '1' }, body: '{"message":"Limit"}' },
  'gateway: 500': { status: 500, body: '{"message":"Internal server error"}' },
  'empty 207': { status: 207, headers: { 'content-type': 'application/json' } },
  'empty results': {
    status: 207,
    headers: { 'content-type': 'application/json' },
    body: '{"results":[]}',
  },
  // Nothing was stored, whatever this says.
  'results that break off, with their length': {
    status: 207,
    headers: { 'content-type': 'application/json' },
    body: '{"results":[{"status":"created"},{"status":"created"},{"status":"crea',
  },
  'empty 204': { status: 204 },
};

/** A fault for each of that many requests: half of them none; some come several times in a row. */
export const toFaults = (requests: number): Fault[] => {
  const all = Object.values(FAULTS);
  const faults: Fault[] = [];
  while (faults.length < requests) {
    const times = Math.random() < 0.1 ? 40 : 1 + Math.floor(Math.random() * 3);
    const fault = all[Math.floor(Math.random() * all.length)] ?? 'none';
    faults.push(...Array<Fault>(times).fill(fault), ...Array<Fault>(times).fill('none'));
  }
  return faults;
};
