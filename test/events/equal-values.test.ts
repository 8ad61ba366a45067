import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const ROUNDS = 5;

const database = useDatabase();
const processes: ApiHandler[] = [];
beforeAll(() => {
  processes.push(...[1, 2].map(() => createApiHandler(database.connectAgain())));
});

describe('one event, written in two ways, that two processes send at once', () => {
  it.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['{"$a":1,"b":2}', '{"b":2,"$a":1}'],
    ['[{"x":{"a":1,"b":[]}}]', '[{"x":{"b":[],"a":1}}]'],
    ['0', '-0'],
    ['1', '1.0'],
    ['"\\u00e9"', '"é"'],
  ])('is stored once beside another event of its instant: %s and %s', async (...forms) => {
    const repeated = [0, 1, 0, 1];
    for (let round = 0; round < ROUNDS; round += 1) {
      const deviceID = randomUUID();
      const post = async (nth: number, value: string): Promise<number> => {
        const body = `{"date":"2026-05-05T17:19:35Z","deviceID":"${deviceID}","eventType":"t","value":${value}}`;
        const to = processes[nth];
        if (!to) throw new Error('There are two processes');
        return (await to(proxyEvent({ method: 'POST', path: '/events', body }))).statusCode;
      };
      await post(0, '"another"');

      const statuses = await Promise.all(repeated.map((nth) => post(nth, forms[nth] ?? '')));

      expect(statuses.sort()).toEqual([200, 200, 200, 201]);
    }
  });
});
