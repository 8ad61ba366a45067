import { deepStrictEqual, match, strictEqual } from 'node:assert';
import type { InvalidField, Problem } from '../reply.ts';
import type { Scene } from '../scene.ts';
import { TYPE, toInstant } from '../values.ts';
import { isSame } from './is-same.ts';

/** Decodes problems. */
export const PROBLEM_CHECKS = {
  'decodes a 400 and its errors': async ({ ask, read, deviceID }) => {
    const query = { deviceID, eventType: TYPE, date: '2026-05-05', since: toInstant(0) };
    const { status, problem } = await ask('listEvents', query);
    const { problem: real } = await read('/events', query);
    strictEqual(status, 400);
    deepStrictEqual(
      real?.errors?.map(({ code }: InvalidField) => code),
      ['excluded'],
    );
    isSameProblem(problem, real);
  },
  'decodes a 403': async ({ ask, deviceID }) => {
    const event = { date: toInstant(0), deviceID, eventType: TYPE };
    const { status, problem } = await ask('addEvent', event, 'wrong');
    strictEqual(status, 403);
    isSameProblem(problem, {
      type: '/problems/forbidden',
      title: 'Forbidden',
      status: 403,
      requestId: '',
      detail: 'The x-api-key header is missing or not valid',
    });
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

/** Compares problems, but for the ids of their requests. */
function isSameProblem(problem: Problem | undefined, wanted: Problem | undefined): void {
  match(problem?.requestId ?? '', /^[0-9a-f-]{36}$/);
  isSame({ ...problem, requestId: '-' }, { ...wanted, requestId: '-' });
}
