import { randomUUID } from 'node:crypto';
import type { CommandStartedEvent, Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const commands: Document[] = [];
let lambda: ApiHandler;
beforeAll(() => {
  const client = database.connectAgain();
  client.on('commandStarted', ({ command }: CommandStartedEvent) => commands.push(command));
  lambda = createApiHandler(client);
});

const READS = ['find', 'aggregate', 'getMore', 'distinct', 'count'];

const send = async (events: object[]): Promise<string[]> => {
  const body = JSON.stringify({ events });
  const reply = await lambda(proxyEvent({ method: 'POST', path: '/events/batch', body }));
  return JSON.parse(reply.body).results.map(({ status }: { status: string }) => status);
};

describe('an event that is acknowledged as a duplicate', () => {
  it.each([
    ['by its value', 1, false],
    ['by its id', 1, true],
    ['by its value, among more than a bucket', 450, false],
    ['by its id, among more than a bucket', 450, true],
  ])('is read from what no fail-over takes back: %s', async (_, length, hasId) => {
    const deviceID = randomUUID();
    const events = Array.from({ length: 450 }, (_each, nth) => ({
      deviceID,
      eventType: 't',
      date: new Date(Date.UTC(2026, 4, 5) + nth * 1_000).toISOString(),
      value: nth,
      ...(hasId && { id: `i${nth}` }),
    }));
    expect(new Set(await send(events))).toEqual(new Set(['created']));
    commands.length = 0;

    const outcomes = await send(events.slice(0, length));

    expect(new Set(outcomes)).toEqual(new Set(['duplicate']));
    // The last read, whose answer it is, shows nothing that may be rolled back ...
    const reads = commands.filter((command) => READS.some((name) => name in command));
    expect(reads.at(-1)?.readConcern).toEqual({ level: 'majority' });
    // ... and comes after a write that only the current primary can have acknowledged.
    const read = commands.indexOf(reads.at(-1) ?? {});
    const writes = commands.slice(0, read).filter((command) => 'update' in command);
    expect(writes.length).toBeGreaterThan(0);
  });
});
