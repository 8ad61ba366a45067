import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:http';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { problemTypes } from '../../generated/problem-types.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();

const get = (path: string, init?: RequestInit) =>
  fetch(`${service.url()}${path}`, { redirect: 'manual', ...init });

/** Sends the path as it is, which fetch does not. */
const getRaw = (
  path: string,
  options: RequestOptions = {},
): Promise<{ status: number; type: string; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.url());
    request({ hostname, port, path, ...options }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      const { statusCode = 0, headers } = response;
      resolve({ status: statusCode, type: headers['content-type'] ?? '', text });
    })
      .on('error', reject)
      .end();
  });

describe('pages beside the API', () => {
  it.each([
    ['/dashboard/', 'text/html; charset=utf-8'],
    ['/dashboard/?of=interest', 'text/html; charset=utf-8'],
    ['/dashboard/main.js', 'text/javascript; charset=utf-8'],
    ['/dashboard/style.css', 'text/css; charset=utf-8'],
    ['/dashboard/icon.svg', 'image/svg+xml'],
    ['/dashboard/LICENSES.txt', 'text/plain; charset=utf-8'],
    ['/docs/', 'text/html; charset=utf-8'],
    ['/docs/problems/clock-skew/', 'text/html; charset=utf-8'],
    ['/docs/openapi.json', 'application/json'],
  ])('serves %s as what it is, for now', async (path, type) => {
    const response = await get(path);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['/docs', '/docs/problems/clock-skew', '/dashboard'])(
    'leads from %s to where its links are right',
    async (path) => {
      const response = await get(`${path}?x=//example.org`);

      expect(response.status).toBe(308);
      expect(response.headers.get('location')).toBe(`${path}/?x=//example.org`);
    },
  );

  it('lets the dashboard run its own code alone, wherever its files are put', async () => {
    const response = await get('/dashboard/');
    const [, policy] =
      /Content-Security-Policy" content="([^"]+)"/.exec(await response.text()) ?? [];

    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(response.headers.get('content-security-policy')).toBe(
      `${policy}; frame-ancestors 'none'`,
    );
  });

  it('lets the docs run their own code alone', async () => {
    const { headers } = await get('/docs/');

    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
  });

  it('brings the licences of what is in the dashboard', async () => {
    const text = await (await get('/dashboard/LICENSES.txt')).text();

    expect(text.match(/^\S+ \d+\.\d+\.\d+ \(MIT\)$/gm)).toEqual([expect.stringMatching(/^uplot /)]);
  });

  it.each([
    '/dashboard/../package.json',
    '/dashboard/../../package.json',
    '/dashboard/..%2f..%2fpackage.json',
    '/dashboard/%2e%2e/%2e%2e/package.json',
    '/dashboard//etc/passwd',
    '/dashboard/..\\..\\package.json',
    '/dashboard/main.ts',
    '/dashboard/constructor',
    '/docs/nothing.html',
    '/docs/nothing/',
    '/docs/problems/',
  ])('has nothing at %s', async (path) => {
    expect(await getRaw(path)).toMatchObject({
      status: 404,
      type: path.startsWith('/docs') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      text: expect.stringMatching(
        /^\/dashboard has no such file$|<a href="\/docs\/">Go to the start/,
      ),
    });
  });

  it.each(Object.entries(problemTypes))(
    'leads from the type of problem %s to its page',
    async (type, { title }) => {
      const { headers, status } = await get(`/problems/${type}`);
      const page = await get(headers.get('location') ?? '');

      expect(status).toBe(308);
      expect(await page.text()).toContain(`<title>${title} – `);
    },
  );

  it.each([
    '/docsfoo',
    '/dashboards',
    '/Dashboard',
    '/problems',
    '/problems/',
    '/problems/nothing',
    '/problems/constructor',
    '/problems/forbidden/x',
  ])('leaves %s to the API', async (path) => {
    expect(await getRaw(path)).toMatchObject({ status: 404, type: 'application/problem+json' });
  });

  it('tells a page by GET and HEAD alone', async () => {
    const head = await get('/dashboard/main.js', { method: 'HEAD' });
    const post = await get('/dashboard/', { method: 'POST', body: '{}' });

    expect([head.status, await head.text()]).toEqual([200, '']);
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('the connection of the dashboard', () => {
  const path = '/dashboard/connection.json';

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])(
    'is told to a page of this machine under the name %s',
    async (name) => {
      const host = `${name}:${new URL(service.url()).port}`;
      const { status, type, text } = await getRaw(path, { headers: { host } });

      expect([status, type]).toEqual([200, 'application/json']);
      expect(JSON.parse(text)).toEqual({ url: `http://${host}`, key: API_KEY });
    },
  );

  it.each<[string, RequestOptions]>([
    ["a page of somebody's name that leads here", { headers: { host: 'localhost.example:8080' } }],
    ['a name that is none', { headers: { host: 'a b' } }],
    ['a page of another site', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a page of another port', { headers: { 'sec-fetch-site': 'same-site' } }],
    ['who comes through a proxy', { headers: { 'x-forwarded-for': '10.0.0.1' } }],
    ['who comes through another proxy', { headers: { forwarded: 'for=10.0.0.1' } }],
    ['a POST', { method: 'POST' }],
  ])('is not told to %s', async (_, options) => {
    const { status, text } = await getRaw(path, options);

    expect(status).toBe(404);
    expect(text).not.toContain(API_KEY);
  });

  it('is asked for by the page that is served here alone, not by its files', async () => {
    const served = await (await get('/dashboard/')).text();

    expect(served).toContain('content="connection.json"');
    expect(readFileSync('dist/dashboard/index.html', 'utf8')).toContain(
      'name="local-connection" content=""',
    );
  });
});
