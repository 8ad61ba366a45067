import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connect } from '../src/database/connect.ts';
import { createApiHandler } from '../src/lambda/api-handler.ts';
import { useDatabase } from './harness/database.ts';
import { expectErrors } from './harness/expect-errors.ts';
import type { ProxyRequest } from './harness/proxy-event.ts';
import { proxyEvent } from './harness/proxy-event.ts';

const database = useDatabase();

type Line = Record<string, unknown> & {
  _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
};

/** A function that answers one request, and what it wrote of it. */
async function ask(request: ProxyRequest, lambda?: ReturnType<typeof createWatched>) {
  const { handler, lines } = lambda ?? createWatched();
  lines.length = 0;
  const headers = { 'content-type': 'application/json', 'X-Amzn-Trace-Id': 'Root=1-a-b' };
  const { statusCode } = await handler(proxyEvent({ headers, ...request }));
  return { statusCode, lines: lines.map((line) => JSON.parse(line) as Line) };
}

function createWatched(client = database.client) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  return { lines, handler: createApiHandler(client, { service: 'iot-events-test-api', log }) };
}

const toEvent = (more: { value?: string } = {}) => ({
  deviceID: randomUUID(),
  eventType: 'boot',
  date: '2026-05-05T17:19:35Z',
  ...more,
});
const post = (body: unknown, path = '/events'): ProxyRequest => ({
  method: 'POST',
  path,
  body: JSON.stringify(body),
});

describe('the log', () => {
  it('has one line for a request: who, what, how long, and nothing that a device sent', async () => {
    const event = toEvent({ value: 'a secret reading' });
    const { lines } = await ask(post(event));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      requestId: expect.any(String),
      traceId: 'Root=1-a-b',
      operation: 'addEvent',
      keyId: 'k1',
      devices: 1,
      status: 201,
      coldStart: true,
      RequestTime: expect.any(Number),
    });
    for (const value of [event.deviceID, 'a secret reading', event.eventType, event.date]) {
      expect(JSON.stringify(lines)).not.toContain(value);
    }
  });

  it('tells the first request of a process from the others', async () => {
    const lambda = createWatched();
    const first = await ask({ path: '/health' }, lambda);
    const second = await ask({ path: '/health' }, lambda);

    expect([first, second].map(({ lines }) => lines[0]?.ColdStarts)).toEqual([1, undefined]);
  });

  it('names the trace of what failed', { tags: 'long' }, async () => {
    const error = expectErrors();
    const down = createWatched(connect('mongodb://127.0.0.1:9'));
    const { statusCode, lines } = await ask(post(toEvent()), down);

    expect(statusCode).toBe(503);
    expect(lines[0]).toMatchObject({ Unavailable: 1, EventsFailed: 1 });
    expect(JSON.parse(String(error.mock.calls[0]?.[0]))).toMatchObject({
      level: 'error',
      traceId: 'Root=1-a-b',
      operation: 'addEvent',
      errors: [
        { name: 'EventStoreUnavailable' },
        { name: 'MongoServerSelectionError' },
        { name: 'MongoNetworkError' },
        { name: 'Error', message: expect.stringContaining('ECONNREFUSED') },
      ],
    });
    error.mockRestore();
  });
});

describe('the metrics', () => {
  it('count what became of events, and why some were refused', async () => {
    const [a, b] = [toEvent(), toEvent()];
    const future = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const batch = [a, b, a, {}, { ...b, date: future }, { ...b, eventType: '' }];
    const { lines } = await ask(post({ events: batch }, '/events/batch'));

    expect(lines[0]).toMatchObject({
      status: 207,
      devices: 2,
      EventsStored: 2,
      EventsDuplicate: 1,
      DatabaseTime: [expect.any(Number)],
    });
    expect(lines.slice(1).map(({ Reason, Refused }) => [Reason, Refused])).toEqual([
      ['/problems/invalid-request', 2],
      ['/problems/clock-skew', 1],
    ]);
  });

  it('count the buckets that are opened, and the looks that lead there', async () => {
    const key = toEvent();
    const events = Array.from({ length: 450 }, (_, index) => ({ ...key, value: index }));
    const { lines } = await ask(post({ events }, '/events/batch'));

    expect(lines[0]).toMatchObject({ EventsStored: 450, BucketsOpened: 3 });
  });

  it('are told to CloudWatch in its own format, each by the function and its unit', async () => {
    const { lines } = await ask(post({}));

    for (const line of lines) {
      const [directive] = line._aws.CloudWatchMetrics;
      const [dimensions = []] = directive?.Dimensions ?? [];
      const names = [...dimensions, ...(directive?.Metrics ?? []).map(({ Name }) => Name)];
      expect(names.filter((name) => line[name] === undefined)).toEqual([]);
      expect(line.Service).toBe('iot-events-test-api');
    }
    expect(lines[0]?._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'IotEvents',
      Dimensions: [['Service']],
      Metrics: expect.arrayContaining([{ Name: 'RequestTime', Unit: 'Milliseconds' }]),
    });
  });
});

describe('GET /health/ready', () => {
  it('is 200 where the database is there and prepared', async () => {
    expect((await ask({ path: '/health/ready' })).statusCode).toBe(200);
  });

  it('is a problem where the database is not reachable', { tags: 'long' }, async () => {
    const error = expectErrors();
    const down = createWatched(connect('mongodb://127.0.0.1:9'));

    expect((await ask({ path: '/health/ready' }, down)).statusCode).toBe(503);
    error.mockRestore();
  });

  it('is a problem where the migration has not run', async () => {
    const client = connect(database.uri.replace(/\/test_\w+/, '/test_unprepared'));
    const { statusCode, lines } = await ask({ path: '/health/ready' }, createWatched(client));
    await client.close();

    expect(statusCode).toBe(503);
    expect(lines[1]?.Reason).toBe('/problems/not-prepared');
  });

  it('asks the database once, however many ask', async () => {
    const client = database.connectAgain();
    const commands: string[] = [];
    client.on('commandStarted', ({ commandName }) => commands.push(commandName));
    const lambda = createWatched(client);
    await Promise.all([1, 2, 3].map(() => ask({ path: '/health/ready' }, lambda)));

    expect(commands.filter((name) => name === 'listIndexes')).toHaveLength(1);
  });
});
