import { randomUUID } from 'node:crypto';
import type { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import type { ServerError } from '../../scripts/faults/protocol/to-error-reply.ts';
import { connect } from '../../src/database/connect.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { uri } = useDatabase();
const clients: MongoClient[] = [];
let link: FaultyLink;
let lambda: ApiHandler;

const open = (address = link.uri): ApiHandler => {
  const client = connect(address);
  clients.push(client);
  return createApiHandler(client);
};

beforeEach(async () => {
  expectErrors();
  link = await createFaultyLink(uri);
  lambda = open();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await link.close();
  vi.restoreAllMocks();
});

const COMMANDS = ['update', 'delete', 'find', 'aggregate', 'distinct', 'listIndexes', 'getMore'];

// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const PASSING: [number, string][] = [
  [6, 'HostUnreachable'],
  [7, 'HostNotFound'],
  [18, 'AuthenticationFailed'],
  [24, 'LockTimeout'],
  [43, 'CursorNotFound'],
  [50, 'MaxTimeMSExpired'],
  [63, 'StaleShardVersion'],
  [64, 'WriteConcernTimeout'],
  [89, 'NetworkTimeout'],
  [91, 'ShutdownInProgress'],
  [94, 'NotYetInitialized'],
  [100, 'UnsatisfiableWriteConcern'],
  [112, 'WriteConflict'],
  [117, 'ConflictingOperationInProgress'],
  [133, 'FailedToSatisfyReadPreference'],
  [134, 'ReadConcernMajorityNotAvailableYet'],
  [150, 'StaleEpoch'],
  [175, 'QueryPlanKilled'],
  [189, 'PrimarySteppedDown'],
  [202, 'NetworkInterfaceExceededTimeLimit'],
  [211, 'KeyNotFound'],
  [237, 'CursorKilled'],
  [239, 'SnapshotTooOld'],
  [246, 'SnapshotUnavailable'],
  [249, 'StaleDbVersion'],
  [262, 'ExceededTimeLimit'],
  [279, 'ClientDisconnect'],
  [290, 'TransactionExceededLifetimeLimitSeconds'],
  [303, 'SplitHorizonChange'],
  [365, 'TemporarilyUnavailable'],
  [371, 'UserWritesBlocked'],
  [402, 'ResourceExhausted'],
  [433, 'AdmissionQueueOverflow'],
  [449, 'RateLimitExceeded'],
  [462, 'IngressRequestRateLimitExceeded'],
  [9001, 'SocketException'],
  [10058, 'LegacyNotPrimary'],
  [10107, 'NotWritablePrimary'],
  [11600, 'InterruptedAtShutdown'],
  [11601, 'Interrupted'],
  [11602, 'InterruptedDueToReplStateChange'],
  [13388, 'StaleConfig'],
  [13435, 'NotPrimaryNoSecondaryOk'],
  [13436, 'NotPrimaryOrSecondary'],
  [14031, 'OutOfDiskSpace'],
  [91331, 'RetriableRemoteCommandFailure'],
];

const ATLAS = { code: 8000, codeName: 'AtlasError' };
const UNAVAILABLE = { status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) };

describe('a state of the database that passes', () => {
  it.each([
    ...PASSING.map(([code, codeName]): ServerError => ({ code, codeName })),
    { ...ATLAS, errmsg: 'bad auth : authentication failed' },
    { ...ATLAS, errmsg: 'you are over your space quota, using 513 MB of 512 MB' },
    { ...ATLAS, errmsg: 'too many connections, limit is 500' },
    { code: 1, codeName: 'any', errorLabels: ['RetryableWriteError'] },
    { code: 1, codeName: 'any', errorLabels: ['SystemOverloadedError', 'RetryableError'] },
  ])(
    'is 503 for writes, reads, batches, deletions and readiness: $code $codeName $errmsg',
    { tags: ['long', 'engine'] },
    async (error) => {
      await link.set({ ...error, commands: COMMANDS });

      expect(await Promise.all(requests().map((request) => send(request)))).toEqual(
        requests().map(() => UNAVAILABLE),
      );
    },
  );

  it.each<ServerError>([
    { code: 112, codeName: 'WriteConflict', part: 'writeErrors' },
    { code: 14031, codeName: 'OutOfDiskSpace', part: 'writeErrors' },
    { code: 64, codeName: 'WriteConcernTimeout', part: 'writeConcernError' },
    { code: 91, codeName: 'ShutdownInProgress', part: 'writeConcernError' },
    { code: 100, codeName: 'UnsatisfiableWriteConcern', part: 'writeConcernError' },
    { code: 189, codeName: 'PrimarySteppedDown', part: 'writeConcernError' },
  ])('is 503 wherever a write’s reply has it: $code in $part', async (error) => {
    await link.set(error);

    expect(await send(post())).toEqual(UNAVAILABLE);
  });

  it.each([
    { code: 18, codeName: 'AuthenticationFailed' },
    { ...ATLAS, errmsg: 'bad auth : authentication failed' },
  ])('is 503 while the user is not known yet: $code', async (error) => {
    await link.set({ ...error, commands: ['saslStart', 'saslContinue'] });
    const address = link.uri.replace('//', '//user:password@');
    const stranger = open(`${address}&authMechanism=PLAIN&authSource=%24external`);

    expect(await Promise.all(requests().map((each) => send(each, stranger)))).toEqual(
      requests().map(() => UNAVAILABLE),
    );
  });
});

describe('a fault', () => {
  it.each([
    { code: 2, codeName: 'BadValue' },
    { code: 9, codeName: 'FailedToParse' },
    { code: 13, codeName: 'Unauthorized' },
    { code: 52, codeName: 'DollarPrefixedFieldName' },
    { code: 121, codeName: 'DocumentValidationFailure' },
    { code: 10334, codeName: 'BSONObjectTooLarge' },
    { ...ATLAS, errmsg: 'user is not allowed to do action [update] on [events.events]' },
    { ...ATLAS, errmsg: '$where not allowed in this atlas tier' },
  ])('is 500: $code $codeName $errmsg', async (error) => {
    await link.set({ ...error, commands: COMMANDS });

    for (const { status } of await Promise.all(requests().map((request) => send(request)))) {
      expect(status).toBe(500);
    }
  });
});

describe('a command that had no effect', () => {
  it.each<ServerError>([
    { code: 112, codeName: 'WriteConflict' },
    { code: 112, codeName: 'WriteConflict', part: 'writeErrors' },
    { code: 365, codeName: 'TemporarilyUnavailable' },
    { code: 134, codeName: 'ReadConcernMajorityNotAvailableYet' },
    { code: 133, codeName: 'FailedToSatisfyReadPreference' },
    { code: 13388, codeName: 'StaleConfig' },
    { code: 251, codeName: 'NoSuchTransaction', errorLabels: ['TransientTransactionError'] },
  ])('is run again, and nobody notices: $code $part $errorLabels', async (error) => {
    const request = post();
    await link.set({ ...error, times: 2, commands: ['update', 'find'] });

    expect((await send(request)).status).toBe(201);
    expect((await send(request)).status).toBe(200);
  });

  it('is run again in a batch, and events that are stored already stay created', async () => {
    const events = Array.from({ length: 20 }, () => toEvent());
    await link.set({ code: 112, codeName: 'WriteConflict', times: 2 });
    const body = JSON.stringify({ events: [...events, events[0]] });

    const reply = await lambda(proxyEvent({ method: 'POST', path: '/events/batch', body }));

    const { results } = JSON.parse(reply.body);
    expect(results.map(({ status }: { status: string }) => status)).toEqual([
      ...events.map(() => 'created'),
      'duplicate',
    ]);
  });

  it.each([43, 175, 237])('is run again for a cursor that is gone: %i', async (code) => {
    await link.set({
      code,
      codeName: 'the cursor is gone',
      times: 1,
      commands: ['find', 'getMore'],
    });

    expect((await send({ query: toQuery(randomUUID()) })).status).toBe(200);
  });

  it('is not run again for ever', async () => {
    const fault: ServerError = { code: 112, codeName: 'WriteConflict', times: 1_000 };
    await link.set(fault);

    expect(await send(post())).toEqual(UNAVAILABLE);
    expect(fault.times).toBe(997);
  });
});

const toEvent = () => ({
  deviceID: randomUUID(),
  eventType: 'reading',
  date: '2026-05-05T12:00:00Z',
  value: 1,
});

const toQuery = (deviceID: string) => ({ deviceID, eventType: 'reading', date: '2026-05-05' });

const post = () => ({ method: 'POST', body: JSON.stringify(toEvent()) });

const requests = () => [
  post(),
  { method: 'POST', path: '/events/batch', body: JSON.stringify({ events: [toEvent()] }) },
  { query: toQuery(randomUUID()) },
  { path: '/events/latest', query: { deviceID: randomUUID() } },
  { method: 'DELETE', path: `/devices/${randomUUID()}` },
  { path: '/health/ready' },
];

async function send(request: object, to = lambda) {
  const { statusCode: status, headers } = await to(proxyEvent(request));
  const retryAfter = headers?.['Retry-After'];
  return { status, ...(retryAfter !== undefined && { retryAfter }) };
}
