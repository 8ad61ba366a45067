import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { createAuditHandler } from '../../src/lambda/audit-handler.ts';
import { createKeysHandler } from '../../src/lambda/keys-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const INSTANT = expect.stringMatching(/^\d{4}-.*Z$/);
const SECRET = 'a value that nobody but its reader may see';

const toApi = (audit: (line: string) => void) =>
  createApiHandler(database.connectAgain(), { audit });

const post = async (api: ReturnType<typeof toApi>, deviceID: string, seconds: number[]) => {
  const events = seconds.map((second) => ({
    deviceID,
    eventType: 't',
    date: `2026-05-05T12:00:0${second}Z`,
    value: SECRET,
  }));
  const body = JSON.stringify({ events });
  await api(proxyEvent({ method: 'POST', path: '/events/batch', body }));
};

describe('the audit log', () => {
  it('has a line for each deletion: who, what, how many', async () => {
    const lines: string[] = [];
    const api = toApi((line) => lines.push(line));
    const deviceID = randomUUID();
    await post(api, deviceID, [0, 1, 2, 3, 4]);
    const query = { deviceID: deviceID.toUpperCase(), eventType: 't' };
    const range = { since: '2026-05-05T14:00:01+02:00', until: '2026-05-05T12:00:03Z' };
    const erase = (query: object, path = '/events') =>
      api(proxyEvent({ method: 'DELETE', path, query: query as Record<string, string> }));

    await erase({ ...query, ...range, dryRun: 'true' });
    await erase({ ...query, since: range.since });
    await erase({ ...query, ...range });
    await erase({ ...query, ...range });
    await erase(query);
    await post(api, deviceID, [5]);
    await erase({}, `/devices/${deviceID}`);

    const common = {
      level: 'info',
      kind: 'audit',
      at: INSTANT,
      by: 'k1',
      requestId: expect.any(String),
      deviceID,
      outcome: 'done',
    };
    const part = { ...common, operation: 'deleteEvents', eventType: 't' };
    const bounds = { since: '2026-05-05T12:00:01.000Z', until: '2026-05-05T12:00:03.000Z' };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...part, ...bounds, count: 2 },
      { ...part, ...bounds, count: 0 },
      { ...part, count: 3 },
      { ...common, operation: 'deleteDevice', count: 1 },
    ]);
    expect(lines.join()).not.toContain(SECRET);
  });

  it('has the line before the answer, and a deletion without a line is none the worse', async () => {
    const errors = expectErrors();
    const deviceID = randomUUID();
    let answered = false;
    const api = toApi(() => {
      expect(answered).toBe(false);
      throw new Error('no space left on device');
    });
    await post(api, deviceID, [0]);

    const reply = await api(proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` }));
    answered = true;

    expect(reply.statusCode).toBe(204);
    expect(errors).toHaveBeenCalledWith(expect.stringContaining('no space left on device'));
  });

  it('has a line of a deletion that fails', async () => {
    expectErrors();
    const lines: string[] = [];
    const client = new MongoClient('mongodb://127.0.0.1:1/none', { serverSelectionTimeoutMS: 100 });
    const api = createApiHandler(client, { audit: (line) => lines.push(line) });
    const query = { deviceID: randomUUID(), eventType: 't' };

    const reply = await api(proxyEvent({ method: 'DELETE', path: '/events', query }));

    expect(reply.statusCode).toBe(503);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ ...query, count: 0, outcome: 'failed' }),
    ]);
    await client.close();
  });

  it('has a line for each change of a key, and no secret', async () => {
    const lines: string[] = [];
    const keys = createKeysHandler(database.uri, (line) => lines.push(line));
    const context = { awsRequestId: 'the-request' };
    const [created] = await keys({ command: 'create', name: 'a', scopes: ['read'] }, context);
    await keys({ command: 'list' }, context);
    const [rotated] = await keys({ command: 'rotate', id: created?.id, graceHours: 1 }, context);
    await keys({ command: 'revoke', id: created?.id }, context);
    await expect(keys({ command: 'revoke', id: 'iot_none' }, context)).rejects.toThrow();

    const change = {
      level: 'info',
      kind: 'audit',
      at: INSTANT,
      by: 'operator',
      requestId: 'the-request',
      key: created?.id,
      scopes: ['read'],
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['createKey', 'rotateKey', 'revokeKey'].map((operation) => ({ ...change, operation })),
    );
    for (const report of [created, rotated]) {
      const secret = report?.key?.slice(String(report.id).length + 1, -6) ?? '';
      expect(secret).toHaveLength(43);
      expect(lines.join()).not.toContain(secret);
    }
  });
});

describe('the function of the audit log', () => {
  const toEvent = (data: object) => ({
    awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') },
  });

  it('writes the lines that CloudWatch hands on, and nothing else', async () => {
    const lines: string[] = [];
    const handler = createAuditHandler((line) => lines.push(line));
    const logEvents = [
      { id: '1', timestamp: 1, message: '{"kind":"audit","n":1}\n' },
      { id: '2', timestamp: 2, message: '{"kind":"audit","n":2}' },
    ];

    await handler(toEvent({ messageType: 'CONTROL_MESSAGE', logEvents: [logEvents[0]] }));
    await handler(toEvent({ messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/a', logEvents }));

    expect(lines).toEqual(['{"kind":"audit","n":1}', '{"kind":"audit","n":2}']);
  });

  it('fails for what it cannot read, so that CloudWatch tries again', async () => {
    const handler = createAuditHandler(() => undefined);

    await expect(handler({ awslogs: { data: 'AAAA' } })).rejects.toThrow();
  });
});
