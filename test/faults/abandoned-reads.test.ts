import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandStartedEvent, MongoClient } from 'mongodb';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../gateway/local/gateway.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import type { FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createStreamInvoke } from '../../scripts/local/stream-invoke.ts';
import { connect } from '../../src/database/connect.ts';
import type { ApiHandler, ApiHandlers } from '../../src/lambda/api-handler.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const DAY = Date.parse('2026-05-05T00:00:00Z');
const SOURCE = { deviceID: randomUUID(), eventType: 'reading' };
const READS = {
  '/events/export': { ...SOURCE, since: '2026-05-05T00:00:00Z' },
  '/events/summary': {
    ...SOURCE,
    since: '2026-05-05T00:00:30Z',
    until: '2026-05-06T00:00:00Z',
    interval: 'PT1M',
  },
};

const { uri, buckets } = useDatabase();
let link: FaultyLink;
let client: MongoClient;
let handlers: ApiHandlers;
let lambda: ApiHandler;
let started: CommandStartedEvent[];
/** Is called when so many commands have been sent. */
let onCommand: { count: number; call: () => unknown };

beforeAll(async () => {
  await buckets.insertMany(
    Array.from({ length: 400 }, (_, seq) => {
      const at = (nth: number) => new Date(DAY + (seq * 200 + nth) * 1_000);
      const events = Array.from({ length: 200 }, (_, nth) => ({ date: at(nth), at: 0, value: 1 }));
      const floor = seq > 0 && { floor: at(-1) };
      const dates = { date: new Date(DAY), first: at(0), last: at(199), ...floor };
      return { ...SOURCE, ...dates, seq, count: 200, events };
    }),
  );
});
beforeEach(async () => {
  started = [];
  onCommand = { count: 0, call: () => undefined };
  link = await createFaultyLink(uri);
  client = connect(`${link.uri}&monitorCommands=true`);
  await client.connect();
  client.on('commandStarted', (event) => {
    started.push(event);
    if (started.length === onCommand.count) onCommand.call();
  });
  handlers = createApiHandlers(client);
  lambda = handlers.handler;
});
afterEach(async () => {
  await client.close();
  await link.close();
});

/** Expects that the work has ended: no command is sent any more, and only the first few of those that it needs were. */
async function expectIdle(most: number): Promise<void> {
  let sent = -1;
  // However busy the machine is.
  while (sent !== started.length) {
    sent = started.length;
    await sleep(500);
  }
  const names = started.map(({ commandName }) => commandName);
  expect(names.filter((name) => name !== 'killCursors').length).toBeLessThanOrEqual(most);
}

describe.each(Object.entries(READS))('GET %s', (path, query) => {
  it('tells the database how long it may take', async () => {
    // A part that is read in time, however busy the machine is.
    const part = { ...query, until: '2026-05-05T01:00:00Z' };
    expect((await lambda(proxyEvent({ path, query: part }))).statusCode).toBe(200);
    const commands = started.map(({ command }) => command);

    for (const { find, aggregate, maxTimeMS } of commands)
      if (find ?? aggregate) expect(maxTimeMS).toBeLessThanOrEqual(8_000);
  });

  it('ends when its client has gone, without a line in the log', async () => {
    const gone = new AbortController();
    onCommand = { count: 2, call: () => gone.abort() };
    const { statusCode } = await lambda(proxyEvent({ path, query }), { signal: gone.signal });

    expect(statusCode).toBe(503);
    await expectIdle(3);
  });

  it('ends when the client of the local gateway closes its connection', async () => {
    const document = toImportDocument(contract, LOCAL_FUNCTIONS);
    const streams = createStreamInvoke(handlers.stream);
    const server = createHttpServer(
      createGateway(document, {
        functions: { router: handlers.handler, export: streams, live: streams },
        stage: { name: 'test' },
        plan: { keys: ['a key'] },
      }),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const leaving = new AbortController();
    onCommand = { count: 2, call: () => leaving.abort() };
    const url = `http://127.0.0.1:${port}${path}?${new URLSearchParams(query)}`;
    const headers = { 'x-api-key': 'a key' };
    const reply = fetch(url, { headers, signal: leaving.signal });

    await expect(reply).rejects.toThrow('aborted');
    await expectIdle(6);
    server.close();
  });

  it('ends at the deadline, if the database has fallen silent', { tags: 'long' }, async () => {
    expectErrors();
    onCommand = { count: 2, call: () => link.set('half-open') };
    const { statusCode } = await lambda(proxyEvent({ path, query }));

    expect(statusCode).toBe(503);
    await expectIdle(4);
  });
});
