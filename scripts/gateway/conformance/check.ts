import type { Answer, Asked } from './ask.ts';

/** Asks the gateway that is compared. */
export type Ask = (path: string, asked?: Asked) => Promise<Answer>;
export type Check = (ask: Ask) => Promise<boolean>;

/** What clients of API Gateway see, with one check or more; and what the sources of two others say of it. */
export type Behaviour = { title: string; checks: Check[]; floci: string; localStack: string };

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Whether a reply has this status and text. */
export const replies =
  (path: string, status: number, text?: string, asked?: Asked): Check =>
  async (ask) => {
    const answer = await ask(path, asked);
    return answer.status === status && (text === undefined || answer.text === text);
  };

/** A POST, by default of JSON. */
export const post = (body: string, headers: Record<string, string> = JSON_TYPE): Asked => ({
  method: 'POST',
  headers,
  body,
});

/** Whether the function gets such an event. */
export const gets =
  (path: string, isRight: (event: Record<string, unknown>) => boolean, asked?: Asked): Check =>
  async (ask) => {
    const { status, json } = await ask(path, asked);
    return status === 200 && isRight(json);
  };

/** Whether two JSON values are equal. */
export const is = (value: unknown, expected: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(expected);
