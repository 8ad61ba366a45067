import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const DOCS = 'https://docs.example.org';
const OTHER = 'http://localhost:3000';
const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';

describe('pages of several origins', () => {
  const service = useLocalService({}, { ...UNLIMITED, corsOrigins: [DOCS, OTHER] });

  const ask = (path: string, origin: string | undefined, method = 'GET') =>
    fetch(`${service.url()}${path}`, {
      method,
      headers: {
        'x-api-key': API_KEY,
        ...(origin && { origin }),
        ...(method === 'OPTIONS' && { 'access-control-request-method': 'GET' }),
      },
    });

  it.each([
    ['a preflight', '/events', 'OPTIONS'],
    ['a read', `/events/latest?deviceID=${DEVICE}`, 'GET'],
    ['the refusal of a read', '/events/latest?deviceID=none', 'GET'],
    ['a stream', `/events/export?deviceID=${DEVICE}&since=2026-01-01T00:00:00Z`, 'GET'],
  ])('may read %s, and no other page may', async (_, path, method) => {
    const allowed = async (origin: string | undefined) => {
      const { headers } = await ask(path, origin, method);
      expect(headers.get('vary')?.split(/, ?/)).toContain('Origin');
      return headers.get('access-control-allow-origin');
    };

    expect(await allowed(DOCS)).toBe(DOCS);
    expect(await allowed(OTHER)).toBe(OTHER);
    expect(await allowed('https://evil.example')).toBe(DOCS);
    expect(await allowed('null')).toBe(DOCS);
    expect(await allowed(undefined)).toBe(DOCS);
  });

  it('keep what a reply depends on besides', async () => {
    const { headers } = await ask(`/events/latest?deviceID=${DEVICE}`, OTHER);

    expect(headers.get('vary')).toMatch(/^Accept, Accept-Encoding, Origin$/);
  });

  it("may read API Gateway's own replies, as all pages may: they tell nothing", async () => {
    const { status, headers } = await ask('/nope', OTHER);

    expect([status, headers.get('access-control-allow-origin')]).toEqual([404, '*']);
  });
});

describe('pages of one origin', () => {
  const service = useLocalService({}, { ...UNLIMITED, corsOrigins: [DOCS] });

  it.each(['/health', '/nope', `/events/latest?deviceID=${DEVICE}`])(
    'are named to every page, at %s',
    async (path) => {
      const { headers } = await fetch(`${service.url()}${path}`, {
        headers: { 'x-api-key': API_KEY, origin: 'https://evil.example' },
      });

      expect(headers.get('access-control-allow-origin')).toBe(DOCS);
      expect(headers.get('vary') ?? '').not.toContain('Origin');
    },
  );
});
