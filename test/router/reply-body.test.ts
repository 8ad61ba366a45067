import { expect, it, vi } from 'vitest';
import { authenticatePlanKey } from '../../src/access/authenticate.ts';
import type { Services } from '../../src/contract.ts';
import { EventStoreUnavailable } from '../../src/database/outage.ts';
import { createProxyHandler } from '../../src/lambda/api-handler.ts';
import { createRouter } from '../../src/router/router.ts';
import { createTelemetry } from '../../src/telemetry.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

/** The function, with a store that gives its reply in parts, and fails after them if there is an error. */
async function ask(parts: string[], error?: Error) {
  async function* latest() {
    yield* parts;
    if (error) throw error;
  }
  const lines: string[] = [];
  const services = { events: { latest: async () => latest() } } as unknown as Services;
  const telemetry = createTelemetry('test', (line) => void lines.push(line));
  const handler = createProxyHandler(createRouter(services, authenticatePlanKey, telemetry), '*');
  const query = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a' };
  const result = await handler(proxyEvent({ path: '/events/latest', query }));
  return { ...result, log: JSON.parse(lines[0] ?? ''), lines: lines.length };
}

it('a body in parts reaches API Gateway as one text', async () => {
  const { statusCode, headers, body, log } = await ask(['[', '{"a":1}', ']']);

  expect([statusCode, body]).toEqual([200, '[{"a":1}]']);
  expect(headers).toMatchObject({ 'Content-Type': 'application/json' });
  expect(log).toMatchObject({ operation: 'getLatestEvents', status: 200 });
});

it.each([
  ['a bug', new Error('the secret of the bug'), 500, 'internal-error'],
  ['an outage', new EventStoreUnavailable('down'), 503, 'database-unavailable'],
])('a body that fails by %s before its end becomes a problem', async (_, error, status, type) => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const { statusCode, headers, body, log, lines } = await ask(['[{"a":'], error);

  expect([statusCode, JSON.parse(body)]).toMatchObject([
    status,
    { type: `/problems/${type}`, requestId: expect.any(String) },
  ]);
  expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json' });
  expect(body).not.toMatch(/secret|"a"/);
  expect(log).toMatchObject({ operation: 'getLatestEvents', status });
  expect([lines, logged.mock.calls.length]).toEqual([2, 1]);
  logged.mockRestore();
});
