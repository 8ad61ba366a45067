import { expect, it, vi } from 'vitest';
import { authenticatePlanKey } from '../../src/access/authenticate.ts';
import type { Services } from '../../src/contract.ts';
import { EventStoreUnavailable } from '../../src/database/outage.ts';
import { createProxyHandler } from '../../src/lambda/api-handler.ts';
import type { Router } from '../../src/router/router.ts';
import { createRouter } from '../../src/router/router.ts';
import { createTelemetry } from '../../src/telemetry.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

/** The function, whose reply is made in parts, and fails after them if there is an error. */
async function ask(parts: string[], error?: Error) {
  async function* toParts() {
    yield* parts;
    if (error) throw error;
  }
  const lines: string[] = [];
  const events = { latest: async () => ({ events: [] }) };
  const telemetry = createTelemetry('test', (line) => void lines.push(line));
  const router = createRouter({ events } as unknown as Services, authenticatePlanKey, telemetry);
  const inParts: Router = (request, send) =>
    router(request, (reply) => send(reply.status === 200 ? { ...reply, body: toParts() } : reply));
  const handler = createProxyHandler(inParts, (headers) => headers);
  const query = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a' };
  const result = await handler(proxyEvent({ path: '/events/latest', query }));
  return { ...result, log: JSON.parse(lines[0] ?? ''), lines: lines.length };
}

it('a body in parts reaches API Gateway as one text', async () => {
  const { statusCode, headers, body, log } = await ask(['[', '{"a":1}', ']']);

  expect([statusCode, body]).toEqual([200, '[{"a":1}]']);
  expect(headers).toMatchObject({ 'Content-Type': 'application/json' });
  expect(log).toMatchObject({ operation: 'listLatestEvents', status: 200 });
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
  expect(log).toMatchObject({ operation: 'listLatestEvents', status });
  expect([lines, logged.mock.calls.length]).toEqual([2, 1]);
  logged.mockRestore();
});
